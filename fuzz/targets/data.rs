//! `data` of the library, called by the fuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::data(bytes));
