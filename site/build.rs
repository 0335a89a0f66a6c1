//! Builds the widget for the browser and writes it to `$OUT_DIR/widget.js` as one classic inline
//! script: the glue of wasm-bindgen, the module as a text of one character a byte, and the few lines
//! of `widget/muat.js` that turn it back into bytes and start it.
//!
//! The widget is built by a cargo of its own, in a target directory of its own: the outer build
//! holds the lock on its directory, and debug and release share one widget.
//! `BERSINAR_SKIP_WIDGET=1` writes an empty script instead, for clippy and editors.
//!
//! Packs `data/areas.txt` into `$OUT_DIR/areas.deflate`.

use flate2::{Compression, write::DeflateEncoder};
use std::cmp::Reverse;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use wasm_bindgen_cli_support::Bindgen;

const SKIP: &str = "BERSINAR_SKIP_WIDGET";
const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "widget";
const CRATE: &str = "widget-wasm";
const MODULE: &str = "widget_wasm.wasm";
/// The areas of Indonesia, relative to this crate.
const AREAS: &str = "data/areas.txt";
/// What the widget is made from, relative to the workspace.
const INPUTS: [&str; 4] = ["widget", "screening", "Cargo.lock", "Cargo.toml"];
/// Where a new file is one more in the binary, which the compiler does not see: the pages of `explain`.
const CARRIED: &str = "docs/faults";
/// Settings of the outer build that would change or break the inner one.
const OUTER_ONLY: [&str; 5] = [
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
];
const OUTER_ONLY_STARTS: [&str; 3] = ["CARGO_BUILD_", "CARGO_PROFILE_", "CARGO_TARGET_WASM32_"];
/// Around the loaders in the glue, which could fetch. They are cut out; see [`classic`].
const LOADERS_START: &str = "async function __wbg_load(";
const LOADERS_END: &str = "return Object.assign(__wbg_init";
/// What stands in place of the loaders: asynchronous, since older Chrome refuses to compile more
/// than 4 KB at once on the main thread.
const LOADER: &str = "return function (bytes) {
return WebAssembly.instantiate(bytes, __wbg_get_imports()).then(function (made) {
__wbg_finalize_init(made.instance, made.module);
});
};
})({ __proto__: null })";

/// What the glue must not name: whatever sends, stores, or leaves a trace.
const FORBIDDEN: [&str; 11] = [
    "fetch(",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "sendBeacon",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "cookie",
    "pushState",
    "replaceState",
];

fn main() -> ExitCode {
    let widget = write_widget().map_err(|error| format!("the widget was not built: {error}"));
    match widget.and_then(|()| write_areas()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nobody is left to tell where even the error stream is gone.
            let _ = writeln!(io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}

fn write_areas() -> Result<(), String> {
    let failed = |error: io::Error| format!("the areas were not packed: {error}");
    tell(&format!("rerun-if-changed={AREAS}"))?;
    let text = fs::read(PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join(AREAS));
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&text.map_err(failed)?).map_err(failed)?;
    let path = PathBuf::from(variable("OUT_DIR")?).join("areas.deflate");
    fs::write(path, packed.finish().map_err(failed)?).map_err(failed)
}

fn write_widget() -> Result<(), String> {
    let out_dir = PathBuf::from(variable("OUT_DIR")?);
    let manifest_dir = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let workspace = manifest_dir.parent().ok_or("the crate stands in no workspace")?;
    say_when_to_run_again(workspace)?;
    let script = if env::var_os(SKIP).is_some_and(|value| !value.is_empty() && value != "0") {
        String::new()
    } else {
        ensure_target()?;
        let module = build_module(workspace, &target_dir(&out_dir))?;
        script_of(workspace, &module)?
    };
    let path = out_dir.join("widget.js");
    fs::write(&path, script).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn variable(name: &str) -> Result<OsString, String> {
    env::var_os(name).ok_or_else(|| format!("{name} is not set; this runs under cargo"))
}

fn say_when_to_run_again(workspace: &Path) -> Result<(), String> {
    tell(&format!("rerun-if-env-changed={SKIP}"))?;
    tell("rerun-if-changed=build.rs")?;
    INPUTS.iter().chain([&CARRIED]).try_for_each(|input| {
        tell(&format!("rerun-if-changed={}", workspace.join(input).display()))
    })
}

/// Says something to the outer cargo.
fn tell(instruction: &str) -> Result<(), String> {
    writeln!(io::stdout(), "cargo:{instruction}").map_err(|error| format!("cannot write: {error}"))
}

/// The target directory of the inner build: beside the profiles of the outer one.
/// `OUT_DIR` is `<target>/<profile>/build/<package>/out`.
fn target_dir(out_dir: &Path) -> PathBuf {
    out_dir.ancestors().nth(4).unwrap_or(out_dir).join("widget")
}

/// Adds the target of the browser where it is missing.
fn ensure_target() -> Result<(), String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut ask = Command::new(rustc);
    ask.args(["--print", "target-libdir", "--target", TARGET]);
    let answer = ask.output().map_err(|error| format!("cannot run rustc: {error}"))?;
    let libraries = String::from_utf8_lossy(&answer.stdout);
    if answer.status.success() && Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    tell(&format!("warning=adding the Rust target {TARGET}, needed once for the widget"))?;
    run(Command::new("rustup").args(["target", "add", TARGET]))
        .map_err(|error| format!("{error}; add it by hand: rustup target add {TARGET}"))
}

fn build_module(workspace: &Path, target_dir: &Path) -> Result<PathBuf, String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace);
    cargo.args(["build", "-p", CRATE, "--profile", PROFILE, "--target", TARGET, "--target-dir"]);
    cargo.arg(target_dir);
    if workspace.join("Cargo.lock").is_file() {
        cargo.arg("--locked");
    }
    for (name, _) in env::vars_os() {
        if is_outer_only(&name.to_string_lossy()) {
            cargo.env_remove(name);
        }
    }
    cargo.env("CARGO_ENCODED_RUSTFLAGS", without_paths(workspace));
    run(&mut cargo)?;
    Ok(target_dir.join(TARGET).join(PROFILE).join(MODULE))
}

/// Flags that keep the folders of this machine out of the module, where panics name their source.
fn without_paths(workspace: &Path) -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let registries = home.map(|home| home.join("registry/src"));
    let sources = registries.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten());
    let sources = sources.flatten().map(|entry| entry.path());
    let folders = sources.chain([workspace.to_owned()]);
    let flags = folders.map(|folder| format!("--remap-path-prefix={}=", folder.display()));
    flags.collect::<Vec<_>>().join("\u{1f}")
}

fn is_outer_only(name: &str) -> bool {
    OUTER_ONLY.contains(&name) || OUTER_ONLY_STARTS.iter().any(|start| name.starts_with(start))
}

/// Runs a command and hands on what it said where it failed.
fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("cannot run {name}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{name} failed\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// The whole script: glue, module, start.
fn script_of(workspace: &Path, module: &Path) -> Result<String, String> {
    let path = workspace.join("widget/muat.js");
    let frame = fs::read_to_string(&path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let (glue, wasm) = bind(module).map_err(|error| format!("wasm-bindgen: {error}"))?;
    let frame = lean(&frame);
    let Text { places, tenants, body } = text_of(&wasm);
    let parts = [("LEM", classic(&glue)?), ("TEMPAT", places), ("ISI", tenants), ("WASM", body)];
    let script = fill(&frame, &parts)?;
    if script.contains("</script") || script.contains("<!--") {
        return Err("the script would end its own element".to_owned());
    }
    Ok(script)
}

/// The frame with each part in its place, which is a comment with its name.
fn fill(frame: &str, parts: &[(&str, String)]) -> Result<String, String> {
    let mut script = String::new();
    let mut rest = frame;
    for (name, part) in parts {
        let place = format!("/*{name}*/");
        let (before, after) =
            rest.split_once(&place).ok_or_else(|| format!("muat.js has no place {place}"))?;
        script.push_str(before);
        script.push_str(part);
        rest = after;
    }
    Ok(script + rest)
}

/// The glue and the module made ready for it.
fn bind(module: &Path) -> Result<(String, Vec<u8>), Box<dyn std::error::Error>> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name("widget").typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.omit_default_module_path(true).no_modules(true)?;
    let mut output = bindgen.generate_output()?;
    let mut glue = output.js().to_owned();
    let mut taken = Vec::new();
    for import in output.wasm_mut().imports.iter_mut() {
        let name = short_name(&import.name, &taken);
        glue = glue.replace(&import.name, &name);
        import.name.clone_from(&name);
        taken.push(name);
    }
    Ok((glue, output.wasm_mut().emit_wasm()))
}

/// The name of an import without the digest at its end, which cannot be compressed; numbered where
/// that name is taken.
fn short_name(name: &str, taken: &[String]) -> String {
    let is_digest = |end: &str| end.len() == 16 && end.bytes().all(|byte| byte.is_ascii_hexdigit());
    let short = match name.rsplit_once('_') {
        Some((start, end)) if is_digest(end) => start,
        _ => name,
    };
    let numbered = (2..).map(|number| format!("{short}_{number}"));
    let mut names = std::iter::once(short.to_owned()).chain(numbered);
    names.find(|name| !taken.contains(name)).unwrap_or_else(|| name.to_owned())
}

/// The glue as an expression that makes a function: bytes in, promise of the started widget out.
/// The loaders of the glue can fetch a module; this page must be unable to.
fn classic(glue: &str) -> Result<String, String> {
    let unknown = || "the glue has changed its form; look at LOADERS_START and LOADERS_END";
    let (_, glue) = glue.split_once("let wasm_bindgen =").ok_or_else(unknown)?;
    let (body, rest) = glue.split_once(LOADERS_START).ok_or_else(unknown)?;
    let (loaders, _) = rest.split_once(LOADERS_END).ok_or_else(unknown)?;
    if !loaders.contains("function initSync(") {
        return Err(unknown().to_owned());
    }
    if let Some(name) = FORBIDDEN.iter().find(|name| body.contains(**name)) {
        return Err(format!("the widget imports {name}, which the screening page must not use"));
    }
    Ok([&lean(body), LOADER].concat())
}

/// A script without indentation, empty lines and lines that are comments.
fn lean(script: &str) -> String {
    let is_comment = |line: &str| {
        line.starts_with("/*")
            || line.starts_with("* ")
            || line.starts_with("*/")
            || line.starts_with("//")
    };
    let lines = script.lines().map(str::trim);
    let kept = lines.filter(|line| !line.is_empty() && !is_comment(line) && *line != "*");
    kept.flat_map(|line| [line, "\n"]).collect()
}

/// A module as text: one character a byte. Whoever transfers the page compresses this text almost as
/// well as the bytes themselves; base64 would hide them from every compressor.
///
/// The 92 most frequent bytes are printable ASCII: those that are such characters stand for
/// themselves, the others take the places that rare bytes leave free. A rare byte is the character
/// of its number plus 256, which is two bytes long in UTF-8.
struct Text {
    /// The places left free, in order.
    places: String,
    /// The bytes that took them, each as the character of its number plus 256.
    tenants: String,
    /// The module.
    body: String,
}

/// The printable characters that may stand in a string literal in a script in HTML.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'<')
}

fn text_of(bytes: &[u8]) -> Text {
    let plain: Vec<u8> = (0..=u8::MAX).filter(|byte| is_plain(*byte)).collect();
    let mut frequent: Vec<u8> = (0..=u8::MAX).collect();
    let mut counts = [0_usize; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    frequent.sort_by_key(|byte| Reverse(counts[usize::from(*byte)]));
    frequent.truncate(plain.len());
    let places: Vec<u8> = plain.into_iter().filter(|byte| !frequent.contains(byte)).collect();
    let tenants: Vec<u8> = frequent.iter().copied().filter(|byte| !is_plain(*byte)).collect();
    let character = |byte: u8| match tenants.iter().position(|tenant| *tenant == byte) {
        Some(place) => char::from(places[place]),
        None if frequent.contains(&byte) => char::from(byte),
        None => rare(byte),
    };
    let characters: Vec<char> = (0..=u8::MAX).map(character).collect();
    Text {
        places: places.iter().copied().map(char::from).collect(),
        tenants: tenants.iter().copied().map(rare).collect(),
        body: bytes.iter().map(|byte| characters[usize::from(*byte)]).collect(),
    }
}

fn rare(byte: u8) -> char {
    char::from_u32(u32::from(byte) + 256).unwrap_or_default()
}
