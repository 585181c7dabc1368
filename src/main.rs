//! wirefeed
fn main() {}
