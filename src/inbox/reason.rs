//! Why a file is refused, or left where it is, in words for the operator.

use bytesize::ByteSize;

/// Why a file is refused: it can never be read as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// More than `max_size`.
    #[error("its {size} are more than max_size = {max_size}")]
    TooLarge {
        /// What it has.
        size: ByteSize,
        /// What it may have.
        max_size: ByteSize,
    },
    /// Not for us to read.
    #[error("it cannot be read: permission denied")]
    Unreadable,
    /// A symbolic link whose target is not there, or cannot be reached.
    #[error("it is a link that leads nowhere")]
    DanglingLink,
    /// A symbolic link to something outside the inbox.
    #[error("it is a link that leads out of the inbox")]
    ForeignLink,
    /// A named pipe: to open it could block for ever.
    #[error("it is a named pipe, not a file")]
    Pipe,
    /// A socket.
    #[error("it is a socket, not a file")]
    Socket,
    /// A character or block device.
    #[error("it is a device, not a file")]
    Device,
    /// It ended the process that read it, or one that was set to try.
    #[error("to read it ends the program: {0}")]
    Deadly(String),
    /// It was read, and what it holds is no use; in the words of whoever judged it.
    #[error("{0}")]
    Content(String),
}

/// Why something in the inbox is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Left {
    /// What it leads to is listed where it lies, or none of our business.
    #[error("it is a link to a folder")]
    FolderLink,
    /// Not for us to list.
    #[error("it is a folder that cannot be listed")]
    Closed,
    /// Its name begins with a dot: some uploaders write under such a name first.
    #[error("its name begins with a dot")]
    Hidden,
    /// Its name ends as those of unfinished uploads do.
    #[error("its name is that of an unfinished upload")]
    Unfinished,
}

impl Left {
    /// What a name alone tells.
    pub(super) fn by_name(name: &[u8]) -> Option<Self> {
        /// `WinSCP`, wget, browsers, editors.
        const UNFINISHED: [&[u8]; 5] = [b".part", b".tmp", b".filepart", b".crdownload", b"~"];
        let name = name.to_ascii_lowercase();
        if name.starts_with(b".") {
            Some(Self::Hidden)
        } else if UNFINISHED.iter().any(|ending| name.ends_with(ending)) {
            Some(Self::Unfinished)
        } else {
            None
        }
    }
}
