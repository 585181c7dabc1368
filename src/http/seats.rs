//! How many connections each client holds, so that none of them holds all.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The connections of all clients.
pub(super) struct Seats {
    /// How many one client may hold.
    limit: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// The right to one connection, given back when dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    /// `None` for those who are not counted.
    client: Option<IpAddr>,
}

impl Seats {
    pub(super) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { limit, taken: Mutex::default() })
    }

    /// A seat for whoever comes from `address`, or `None` when that client has its share.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Option<Seat> {
        let client = client(address);
        if let Some(client) = client {
            let mut taken = self.taken();
            let held = taken.entry(client).or_default();
            if *held >= self.limit {
                return None;
            }
            *held += 1;
        }
        Some(Seat { seats: Arc::clone(self), client })
    }

    /// A count is right at any point, also after somebody failed while counting.
    fn taken(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(client) = self.client else { return };
        let mut taken = self.seats.taken();
        if let Some(held) = taken.get_mut(&client) {
            *held -= 1;
            if *held == 0 {
                taken.remove(&client);
            }
        }
    }
}

/// Which client an address is of: of IPv6 the network of 64 bits, within which a client has any address it likes
/// (RFC 4291 § 2.5.1). Loopback is nobody's in particular: there a proxy speaks for everybody.
fn client(address: IpAddr) -> Option<IpAddr> {
    let address = address.to_canonical();
    if address.is_loopback() {
        return None;
    }
    Some(match address {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        IpAddr::V4(_) => address,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_a_client() {
        for (address, wants) in [
            ("127.0.0.1", None),
            ("127.8.8.8", None),
            ("::1", None),
            ("::ffff:127.0.0.1", None),
            ("192.0.2.7", Some("192.0.2.7")),
            ("::ffff:192.0.2.7", Some("192.0.2.7")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::")),
            ("2001:db8:1:2::", Some("2001:db8:1:2::")),
            ("2001:db8:1:3::9", Some("2001:db8:1:3::")),
        ] {
            assert_eq!(client(address.parse().unwrap()), wants.map(|wants| wants.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn a_client_has_its_share_and_no_more() {
        let seats = Seats::new(2);
        let take = |address: &str| seats.take(address.parse().unwrap());
        let (first, second) = (take("192.0.2.7").unwrap(), take("::ffff:192.0.2.7").unwrap());
        assert!(take("192.0.2.7").is_none());
        let other = take("192.0.2.8").unwrap();
        drop(first);
        let third = take("192.0.2.7").unwrap();
        assert!(take("192.0.2.7").is_none());
        let proxy: Vec<Seat> = (0..9).map(|_| take("127.0.0.1").unwrap()).collect();
        drop((second, third, other, proxy));
        assert!(seats.taken().is_empty());
    }
}
