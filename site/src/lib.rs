//! The generator of Bersinar: a folder of Markdown and data files → a public site with a private
//! self-screening.
//!
//! The way of the data is in [`pipeline`]; the program around it in [`cli`].

pub mod areas;
pub mod assets;
pub mod check;
pub mod cli;
pub mod confirm;
pub mod content;
pub mod diag;
pub mod edit;
pub mod emit;
pub mod explain;
pub mod form;
pub mod hosting;
pub mod import;
pub mod invocation;
pub mod ledger;
pub mod mend;
pub mod model;
pub mod pipeline;
pub mod policy;
pub mod rename;
pub mod render;
pub mod revision;
pub mod scaffold;
pub mod schema;
pub mod serve;
pub mod sheet;
pub mod starter;
pub mod survey;
pub mod terminal;
pub mod theme;
pub mod trouble;
pub mod value;
pub mod verify;
