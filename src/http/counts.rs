//! What is counted, for `/metrics`. No label takes its values from requests, so there are few series however many
//! addresses are asked for.

use std::time::Duration;

use hyper::StatusCode;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// What readers ask for and get. Cheap to clone; clones count together.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    requests: Family<Answered, Counter>,
    sent: Family<Coded, Counter>,
    pages: Family<From, Counter>,
    printing: Histogram,
    connections: Gauge,
    refused: Counter,
    dropped: Family<Why, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Coded {
    coding: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct From {
    from: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Why {
    why: &'static str,
}

impl Counts {
    /// Counts that `registry` tells.
    pub(super) fn in_registry(registry: &mut Registry) -> Self {
        let counts = Self {
            requests: Family::default(),
            sent: Family::default(),
            pages: Family::default(),
            // From a print of a few stories to one that a full disk or a cold cache holds up.
            printing: Histogram::new([0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0]),
            connections: Gauge::default(),
            refused: Counter::default(),
            dropped: Family::default(),
        };
        let http = registry.sub_registry_with_prefix("wirefeed_http");
        http.register("requests", "Requests, by what they asked for and what they got", counts.requests.clone());
        let help = "Bodies of answers, as they were sent";
        http.register_with_unit("sent", help, Unit::Bytes, counts.sent.clone());
        http.register("pages", "Pages that were asked for, by where they came from", counts.pages.clone());
        let help = "How long printing a page took";
        http.register_with_unit("printing", help, Unit::Seconds, counts.printing.clone());
        http.register("connections", "Connections that are open", counts.connections.clone());
        let help = "Connections that were refused, since their client holds as many as it may";
        http.register("refused_connections", help, counts.refused.clone());
        let help = "Connections that were given up, since the client was too slow or left";
        http.register("dropped_connections", help, counts.dropped.clone());
        counts
    }

    /// An answer goes out with a body of so many bytes, in this coding.
    pub(super) fn answered(&self, route: &'static str, status: StatusCode, coding: &'static str, bytes: u64) {
        self.requests.get_or_create(&Answered { route, status: status.as_u16() }).inc();
        self.sent.get_or_create(&Coded { coding }).inc_by(bytes);
    }

    /// A page was there already.
    pub(super) fn found(&self) {
        self.pages.get_or_create(&From { from: "cache" }).inc();
    }

    /// A page had to be printed, or waited for while somebody else had it printed.
    pub(super) fn printed(&self, took: Duration) {
        self.pages.get_or_create(&From { from: "print" }).inc();
        self.printing.observe(took.as_secs_f64());
    }

    /// A connection is open until what this returns is dropped.
    pub(super) fn connected(&self) -> Open {
        self.connections.inc();
        Open(self.connections.clone())
    }

    /// A connection was refused.
    pub(super) fn refused(&self) {
        self.refused.inc();
    }

    /// A connection ended before its time; `why` is one of few words.
    pub(super) fn dropped(&self, why: &'static str) {
        self.dropped.get_or_create(&Why { why }).inc();
    }
}

/// An open connection, counted until it is dropped.
pub(super) struct Open(Gauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// All that is counted, as `OpenMetrics` text.
pub(super) fn told(registry: &Registry) -> String {
    let mut text = String::new();
    prometheus_client::encoding::text::encode(&mut text, registry).expect("a String takes all");
    text
}

/// What `Content-Type` says of [`told`].
pub(super) const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told() {
        let mut registry = Registry::default();
        let counts = Counts::in_registry(&mut registry);
        counts.answered("feed", StatusCode::OK, "br", 100);
        counts.answered("feed", StatusCode::NOT_MODIFIED, "identity", 0);
        counts.answered("feed", StatusCode::OK, "br", 20);
        counts.found();
        counts.printed(Duration::from_millis(3));
        counts.refused();
        counts.dropped("slow");
        drop(counts.connected());
        let _open = counts.connected();
        let text = told(&registry);
        for line in [
            "wirefeed_http_requests_total{route=\"feed\",status=\"200\"} 2",
            "wirefeed_http_requests_total{route=\"feed\",status=\"304\"} 1",
            "wirefeed_http_sent_bytes_total{coding=\"br\"} 120",
            "wirefeed_http_pages_total{from=\"cache\"} 1",
            "wirefeed_http_pages_total{from=\"print\"} 1",
            "wirefeed_http_printing_seconds_bucket{le=\"0.002\"} 0",
            "wirefeed_http_printing_seconds_bucket{le=\"0.005\"} 1",
            "wirefeed_http_connections 1",
            "wirefeed_http_refused_connections_total 1",
            "wirefeed_http_dropped_connections_total{why=\"slow\"} 1",
            "# EOF",
        ] {
            assert!(text.lines().any(|told| told == line), "{line}\n{text}");
        }
    }
}
