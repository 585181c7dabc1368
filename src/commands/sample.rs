//! `serve --sample`: throw-away folders with a page in the inbox.

use std::fs::{self, File};
use std::path::PathBuf;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use wirefeed::config::ArchiveUrl;

/// A page of our own writing: people, firms and events in it do not exist.
const PAGE: &str = include_str!("sample.txt");

/// Folders that are removed when this is dropped.
pub(crate) struct Sample {
    folder: TempDir,
}

impl Sample {
    pub(crate) fn make(now: DateTime<Utc>) -> anyhow::Result<Self> {
        let folder =
            tempfile::Builder::new().prefix("wirefeed-sample-").tempdir().context("no room for a sample")?;
        let sample = Self { folder };
        fs::create_dir(sample.inbox())?;
        let page = sample.inbox().join("sample-page.txt");
        fs::write(&page, PAGE)?;
        // It has rested already, so nobody waits for it.
        File::options().write(true).open(&page)?.set_modified((now - TimeDelta::minutes(1)).into())?;
        Ok(sample)
    }

    pub(crate) fn inbox(&self) -> PathBuf {
        self.folder.path().join("inbox")
    }

    pub(crate) fn archive(&self) -> ArchiveUrl {
        ArchiveUrl::Sqlite(self.folder.path().join("wirefeed.db"))
    }
}
