#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| declic_fuzz::caf_dossier(data));
