//! Starts the widget when the browser has made the module ready.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the glue, right after the module is ready. Without a readable island or a place
/// to stand in, nothing happens and the paper form stays.
#[wasm_bindgen(start)]
pub fn start() {
    widget::start();
}
