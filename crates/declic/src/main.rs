//! declic

fn main() {}
