//! The sample files, read whole.

use std::fmt::Write as _;

use exchange::caf::{Expect, Flux};

fn read(bytes: &[u8]) -> String {
    let expect = Expect { department: "52".to_owned(), today: "2026-11-26".parse().unwrap() };
    let mut flux = Flux::open(bytes, expect).unwrap();
    let mut out = format!("{:#?}\n", flux.header());
    while let Some(item) = flux.next().unwrap() {
        writeln!(out, "{item:#?}").unwrap();
    }
    write!(out, "{:?}\n{} bytes, {} repaired", flux.trailer(), flux.bytes_read(), flux.repaired_bytes())
        .unwrap();
    out
}

#[test]
fn the_monthly_sample_of_carnet_de_bord_is_read() {
    insta::assert_snapshot!(read(include_bytes!("../data/RSABEM.xml")));
}

#[test]
fn the_instruction_skeleton_is_read() {
    insta::assert_snapshot!(read(include_bytes!("../data/VIRS0901_instruction.xml")));
}

#[test]
fn the_financier_skeleton_is_read() {
    insta::assert_snapshot!(read(include_bytes!("../data/VRSF0501_financier.xml")));
}
