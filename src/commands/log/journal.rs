//! Log lines as entries of systemd's journal, each field one of its own: `journalctl WIREFEED_FILE=page.txt`.
//!
//! (`tracing-journald` keeps the fields out of `MESSAGE`, so that `journalctl` would show “filed” and not which file.)

use std::fmt::{self, Write as _};
use std::io;

use log::kv::{Error, Key, Source, Value, VisitSource};
use systemd_journal_logger::JournalLog;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// The journal.
pub(super) struct Journal(JournalLog);

impl Journal {
    /// # Errors
    /// When the journal's socket is not there.
    pub(super) fn connect() -> io::Result<Self> {
        Ok(Self(JournalLog::empty()?.with_syslog_identifier("wirefeed".to_owned())))
    }
}

impl<S: Subscriber> Layer<S> for Journal {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let entry = Entry::of(event);
        let metadata = event.metadata();
        let mut record = log::Record::builder();
        record
            .level(level(*metadata.level()))
            .target(metadata.target())
            .file(metadata.file())
            .line(metadata.line())
            .key_values(&entry.fields);
        // What the journal does not take is lost: there is no other place to tell it.
        let _ = self.0.journal_send(&record.args(format_args!("{}{}", entry.message, entry.told)).build());
    }
}

/// The same level in the library's words, which become err, warning, notice, info and debug.
fn level(level: Level) -> log::Level {
    match level {
        Level::ERROR => log::Level::Error,
        Level::WARN => log::Level::Warn,
        Level::INFO => log::Level::Info,
        Level::DEBUG => log::Level::Debug,
        Level::TRACE => log::Level::Trace,
    }
}

/// An event as people read it, and as programs do.
#[derive(Debug, Default)]
struct Entry {
    message: String,
    /// The fields as they follow the message, ` file="page.txt" stories=2`: no name of a file begins a line of its own.
    told: String,
    fields: Fields,
}

/// Fields by their names in the journal.
#[derive(Debug, Default, PartialEq, Eq)]
struct Fields(Vec<(String, String)>);

impl Entry {
    fn of(event: &Event) -> Self {
        let mut entry = Self::default();
        event.record(&mut entry);
        entry
    }

    fn take(&mut self, field: &Field, told: &str, value: String) {
        /// So that no field of ours is taken for one of systemd's.
        const PREFIX: &str = "WIREFEED_";
        let name = field.name();
        if name == "message" {
            self.message = value;
            return;
        }
        write!(self.told, " {name}={told}").expect("a String takes all");
        self.fields.0.push((PREFIX.to_owned() + &name.to_ascii_uppercase(), value));
    }
}

impl Visit for Entry {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let value = format!("{value:?}");
        self.take(field, &value.clone(), value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.take(field, &format!("{value:?}"), value.to_owned());
    }
}

impl Source for Fields {
    fn visit<'kvs>(&'kvs self, visitor: &mut dyn VisitSource<'kvs>) -> Result<(), Error> {
        self.0.iter().try_for_each(|(name, value)| {
            visitor.visit_pair(Key::from(name.as_str()), Value::from(value.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    /// Takes down each event as the journal would.
    struct Heard(Arc<Mutex<Vec<Entry>>>);

    impl<S: Subscriber> Layer<S> for Heard {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            self.0.lock().unwrap().push(Entry::of(event));
        }
    }

    #[test]
    fn an_entry_has_the_fields_in_its_message_and_beside_it() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let subscriber = tracing_subscriber::registry().with(Heard(Arc::clone(&heard)));
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(file = "a\nb.txt", stories = 2_usize, took_ms = 1.5, "filed");
        });
        let heard = heard.lock().unwrap();
        assert_eq!(heard[0].message, "filed");
        assert_eq!(heard[0].told, " file=\"a\\nb.txt\" stories=2 took_ms=1.5");
        let fields = [("WIREFEED_FILE", "a\nb.txt"), ("WIREFEED_STORIES", "2"), ("WIREFEED_TOOK_MS", "1.5")];
        assert_eq!(
            heard[0].fields,
            Fields(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
        );
    }
}
