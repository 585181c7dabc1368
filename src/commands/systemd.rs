//! What the service manager and the daemon tell each other (`sd_notify(3)`, `sd_listen_fds(3)`). Without one, nobody
//! is told.

use std::net::TcpListener;
use std::time::Duration;

use anyhow::Context;
use listenfd::ListenFd;
use sd_notify::NotifyState;

/// The port is open and the feeds are served; also that a reload is over.
pub(super) fn ready(status: &str) {
    tell(&[NotifyState::Ready, NotifyState::Status(status)]);
}

/// A reload has begun; [`ready`] ends it.
pub(super) fn reloading() {
    // The time tells this reload from an earlier one; Type=notify-reload of systemd 253 wants it, 252 passes over it.
    let Ok(now) = NotifyState::monotonic_usec_now() else { return };
    tell(&[NotifyState::Reloading, now, NotifyState::Status("reading the configuration anew")]);
}

/// The last readers are being served.
pub(super) fn stopping() {
    tell(&[NotifyState::Stopping, NotifyState::Status("serving the last readers")]);
}

fn tell(state: &[NotifyState]) {
    // Without a service manager there is nobody to tell.
    let _ = sd_notify::notify(state);
}

/// Who is asked for a sign of life, and how often.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watchdog {
    every: Option<Duration>,
}

impl Watchdog {
    /// By `WatchdogSec=` of the unit, if there is one.
    pub(super) fn of_unit() -> Self {
        // Half of what is allowed, as sd_watchdog_enabled(3) advises.
        Self { every: sd_notify::watchdog_enabled().map(|allowed| allowed / 2) }
    }

    /// How long one may wait before the next sign.
    pub(super) fn at_most(self, wait: Duration) -> Duration {
        self.every.map_or(wait, |every| wait.min(every))
    }

    /// The work goes on.
    pub(super) fn pet(self) {
        if self.every.is_some() {
            tell(&[NotifyState::Watchdog]);
        }
    }
}

/// The socket that a `.socket` unit holds for us, if there is one. Call it before there are threads: what is taken is
/// taken out of the environment.
pub(super) fn listener() -> anyhow::Result<Option<TcpListener>> {
    let mut held = ListenFd::from_env();
    match held.len() {
        0 => return Ok(None),
        1 => {}
        sockets => anyhow::bail!(
            "the socket unit holds {sockets} sockets, and wirefeed serves at one: ListenStream=[::]:8080 takes IPv4, too"
        ),
    }
    let listener = held.take_tcp_listener(0).context("the socket unit's socket is no listening TCP socket")?;
    if let Some(listener) = &listener {
        listener.set_nonblocking(true).context("the socket unit's socket")?;
    }
    Ok(listener)
}
