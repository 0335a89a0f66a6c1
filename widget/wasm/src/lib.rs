//! Starts the widget when the browser has made the module ready.

use wasm_bindgen::prelude::wasm_bindgen;

/// A small allocator in place of the standard one, which weighs 2 KB more after compression.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Called once by the glue, right after the module is ready. Without a readable island or a place
/// to stand in, nothing happens and the paper form stays.
#[wasm_bindgen(start)]
pub fn start() {
    widget::start();
}
