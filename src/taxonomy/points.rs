//! Where the places are that datelines name: `config/points.tsv`, read when a place is asked for first, for a start has
//! no time to spare.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use super::Regions;
use crate::story::{Label, Region, folded, simplified};

/// A place on the earth (WGS 84), in degrees with two decimals: as near as a city's name can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// As the table writes it, so that no byte depends on how numbers are printed.
    latitude: &'static str,
    longitude: &'static str,
}

impl Point {
    /// North is positive.
    #[must_use]
    pub fn latitude(self) -> f64 {
        degrees(self.latitude)
    }

    /// East is positive.
    #[must_use]
    pub fn longitude(self) -> f64 {
        degrees(self.longitude)
    }
}

/// A test reads every number of the table.
fn degrees(text: &str) -> f64 {
    text.parse().expect("the table has numbers")
}

/// As `GeoRSS` Simple writes it: latitude, a space, longitude.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.latitude, self.longitude)
    }
}

/// A place that a name may mean: the region that it is, or is in, and where.
struct Bearer {
    region: Region,
    point: Point,
}

/// By name, as names are compared.
static BEARERS: LazyLock<HashMap<String, Vec<Bearer>>> = LazyLock::new(|| {
    let mut bearers: HashMap<String, Vec<Bearer>> = HashMap::new();
    for line in include_str!("../../config/points.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (region, point, names) = row(line).expect("a test reads the table");
        for name in names.split(", ") {
            let bearer = Bearer { region: region.clone(), point };
            bearers.entry(comparable(name)).or_default().push(bearer);
        }
    }
    bearers
});

fn row(line: &'static str) -> Option<(Region, Point, &'static str)> {
    let mut cells = line.split('\t');
    let region = cells.next()?.parse().ok()?;
    let point = Point { latitude: cells.next()?, longitude: cells.next()? };
    Some((region, point, cells.next()?))
}

/// A name without what two prints of it may differ in: case, spaces, script.
fn comparable(name: &str) -> String {
    folded(name).chars().map(simplified).collect()
}

impl Regions {
    /// Where a dateline's place is, for a story with these labels; `None` unless it is plain which place is meant.
    ///
    /// What a place is said to be in must be so: KUNSHAN, China; 辽宁朝阳. Of several places of one name (SUZHOU) the
    /// labels choose.
    #[must_use]
    pub fn point(&self, place: &str, labels: &[Label<Region>]) -> Option<Point> {
        let place = comparable(place);
        let ways = readings(&place);
        let bearers = ways.map(|(name, wider)| self.within(name, wider)).find(|bearers| !bearers.is_empty())?;
        self.chosen(&bearers, labels).map(|bearer| bearer.point)
    }

    /// The bearers of a name that are in a region called `wider`; all when that is empty.
    fn within(&self, name: &str, wider: &str) -> Vec<&'static Bearer> {
        let all = BEARERS.get(name).into_iter().flatten();
        all.filter(|bearer| wider.is_empty() || self.is_in(&bearer.region, wider)).collect()
    }

    fn is_in(&self, region: &Region, wider: &str) -> bool {
        let wider = wider.strip_suffix(['省', '市']).unwrap_or(wider);
        let mut path = self.get(region).into_iter().chain(self.ancestors(region));
        path.any(|concept| [&concept.names.zh, &concept.names.en].iter().any(|name| comparable(name) == wider))
    }

    /// The only one, or the one that the labels come nearest to.
    fn chosen(&self, bearers: &[&'static Bearer], labels: &[Label<Region>]) -> Option<&'static Bearer> {
        if let &[only] = bearers {
            return Some(only);
        }
        let nearest = bearers.iter().map(|bearer| self.depth_labelled(&bearer.region, labels)).max()?;
        let mut near =
            bearers.iter().filter(|bearer| self.depth_labelled(&bearer.region, labels) == nearest && nearest > 0);
        near.next().filter(|_| near.next().is_none()).copied()
    }

    /// How deep the deepest region is, 1 for a country, that a label names and that holds this one; 0 for none.
    fn depth_labelled(&self, region: &Region, labels: &[Label<Region>]) -> usize {
        let is_labelled = |code: &Region| labels.iter().any(|label| label.code == *code);
        let path: Vec<&Region> =
            std::iter::once(region).chain(self.ancestors(region).map(|concept| &concept.code)).collect();
        path.iter().position(|code| is_labelled(code)).map_or(0, |at| path.len() - at)
    }
}

/// The ways to read a place, each a name and what it is in: the whole; what stands before a comma; in Chinese, what
/// stands behind the name of something wider.
fn readings(place: &str) -> impl Iterator<Item = (&str, &str)> {
    let comma = place.split_once([',', '，']);
    let behind = place.char_indices().skip(2).map(|(at, _)| (&place[at..], &place[..at]));
    [(place, "")].into_iter().chain(comma).chain(behind.filter(|(name, _)| !name.is_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::Taxonomy;

    #[test]
    fn the_table_is_sound() {
        let regions = Taxonomy::embedded().regions;
        assert!(BEARERS.len() > 5_000);
        for (name, bearers) in BEARERS.iter() {
            for Bearer { region, point } in bearers {
                assert!(regions.get(region).is_some(), "{name}: {region}");
                assert!(point.latitude().abs() <= 90.0 && point.longitude().abs() <= 180.0, "{name}: {point}");
            }
        }
    }

    #[test]
    fn a_place_is_where_its_name_says_or_nowhere() {
        let regions = Taxonomy::embedded().regions;
        let label =
            |code: &str| Label { code: code.parse().unwrap(), weight: 1, implied: false, evidence: vec![] };
        for (place, labels, wants) in [
            ("合肥", &[][..], "31.86 117.28"),
            ("臺北", &[], "25.05 121.53"),
            ("NEW YORK", &[], "40.71 -74.01"),
            ("东京", &[], "35.69 139.69"),
            ("华盛顿", &[], "38.90 -77.04"),
            ("SINGAPORE", &[], "1.29 103.85"),
            ("昆山", &[], "31.38 120.95"),
            ("江苏省昆山", &[], "31.38 120.95"),
            ("PORT-AU-PRINCE, Haiti", &[], "18.54 -72.34"),
            // In Guangxi there is none.
            ("广西昆山", &[], "-"),
            ("NEW YORK, Canada", &[], "-"),
            // Two cities of Anhui and Jiangsu.
            ("SUZHOU", &[], "-"),
            ("SUZHOU", &["CN"], "-"),
            ("SUZHOU", &["CN-AH", "CN"], "33.64 116.98"),
            ("SUZHOU", &["CN-JS", "CN"], "31.30 120.60"),
            ("SUZHOU", &["CN-JS", "CN-AH", "CN"], "-"),
            // A country or a province is not where a story was filed.
            ("安徽", &["CN-AH", "CN"], "-"),
            ("海南", &[], "-"),
            ("FRANCE", &["FR"], "-"),
            ("Delaware", &["US"], "-"),
            ("白鹭村", &["CN-AH", "CN"], "-"),
            ("", &[], "-"),
        ] {
            let labels: Vec<_> = labels.iter().copied().map(label).collect();
            let said = regions.point(place, &labels).map_or("-".to_owned(), |point| point.to_string());
            assert_eq!(said, wants, "{place} {labels:?}");
        }
    }
}
