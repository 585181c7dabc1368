//! Stub.
pub struct Sqlite;
