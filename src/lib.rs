//! wirefeed reads wire files, the pages of text that news agencies and newspapers deliver, and publishes their
//! stories as feeds by topic and region.
//!
//! A wire file walks one way through the house: the [`inbox`] hands it over, [`wire`] reads its stories, [`tag`]
//! labels them, the [`archive`] keeps them, [`feed`] prints them into an [`edition`], and [`http`] hands that out.
//! [`pipeline`] is one such walk. Two hinges hold it together: the [`story`] and the [`edition`].

pub mod archive;
pub mod config;
pub mod edition;
pub mod feed;
pub mod http;
pub mod inbox;
pub mod ninjs;
pub mod pipeline;
pub mod story;
pub mod tag;
pub mod taxonomy;
pub mod wire;
