//! Outlines for small SVG maps: every département, and the communes and territories of four of them.
//!
//! Each département has its own view box, 1000 units wide. Paths are relative, in whole units, already projected
//! (equirectangular, longitudes shrunk by the cosine of the middle latitude) and simplified; neighbours share exactly
//! the same border. Source: IGN Admin Express 2018 (Licence Ouverte), communes merged to the list of 2026.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tsv;

const OUTLINES_FILE: &str = include_str!("../data/outlines.tsv");
const SHAPES_FILE: &str = include_str!("../data/shapes.tsv");
const WIDTH: i32 = 1000;
const MARGIN: f64 = 4.0;

/// The outline of a département.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// For the `viewBox` attribute: `"0 0 1000 798"`.
    pub view_box: String,
    /// Width of the view box: always 1000.
    pub width: i32,
    /// Height of the view box.
    pub height: i32,
    /// For the `d` attribute.
    pub path: &'static str,
    projection: Projection,
}

/// The shapes of a département, in the view box of its [`Outline`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// For the `viewBox` attribute: `"0 0 1000 798"`.
    pub view_box: String,
    /// Width of the view box: always 1000.
    pub width: i32,
    /// Height of the view box.
    pub height: i32,
    /// In the order of the codes.
    pub shapes: Vec<Shape>,
}

/// One commune or one territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// INSEE code of the commune, or code of the territory.
    pub code: &'static str,
    /// For the `d` attribute.
    pub path: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Projection {
    west: f64,
    north: f64,
    units_per_lon: f64,
    units_per_lat: f64,
}

static OUTLINES: LazyLock<HashMap<&'static str, Outline>> =
    LazyLock::new(|| tsv::rows(OUTLINES_FILE).filter_map(parse_outline).collect());
static COMMUNES: LazyLock<HashMap<&'static str, Map>> = LazyLock::new(|| maps("commune"));
static TERRITORIES: LazyLock<HashMap<&'static str, Map>> = LazyLock::new(|| maps("territory"));

fn parse_outline(row: [&'static str; 7]) -> Option<(&'static str, Outline)> {
    let [department, west, north, per_lon, per_lat, height, path] = row;
    let height = height.parse().ok()?;
    let projection = Projection {
        west: west.parse().ok()?,
        north: north.parse().ok()?,
        units_per_lon: per_lon.parse().ok()?,
        units_per_lat: per_lat.parse().ok()?,
    };
    let view_box = format!("0 0 {WIDTH} {height}");
    Some((department, Outline { view_box, width: WIDTH, height, path, projection }))
}

fn maps(wanted: &str) -> HashMap<&'static str, Map> {
    let mut maps = HashMap::new();
    for [department, _, code, path] in tsv::rows(SHAPES_FILE).filter(|[_, kind, _, _]| *kind == wanted) {
        if let Some(outline) = department_outline(department) {
            let map = maps.entry(department).or_insert_with(|| Map {
                view_box: outline.view_box.clone(),
                width: outline.width,
                height: outline.height,
                shapes: Vec::new(),
            });
            map.shapes.push(Shape { code, path });
        }
    }
    maps
}

/// The communes of a département; `None` but for 04, 38, 45 and 55.
pub fn commune_map(department: &str) -> Option<&'static Map> {
    COMMUNES.get(department)
}

/// The territories of a département (see [`crate::catalogues`]); `None` but for 04, 38, 45 and 55.
pub fn territory_map(department: &str) -> Option<&'static Map> {
    TERRITORIES.get(department)
}

/// The outline of a département; `None` for the overseas collectivities.
pub fn department_outline(code: &str) -> Option<&'static Outline> {
    OUTLINES.get(code)
}

/// The point of a position (degrees) in the view box of a département; `None` if it falls outside.
pub fn project(department: &str, lat: f32, lon: f32) -> Option<(i32, i32)> {
    let outline = department_outline(department)?;
    let Projection { west, north, units_per_lon, units_per_lat } = outline.projection;
    let x = MARGIN + (f64::from(lon) - west) * units_per_lon;
    let y = MARGIN + (north - f64::from(lat)) * units_per_lat;
    Some((whole(x, outline.width)?, whole(y, outline.height)?))
}

/// Rounds a coordinate of a view box, between 0 and `max`.
fn whole(value: f64, max: i32) -> Option<i32> {
    if !(0.0..=f64::from(max)).contains(&value) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked just above: between 0 and an i32")]
    Some(value.round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo;

    const MAPPED: [&str; 4] = ["04", "38", "45", "55"];

    /// The points of a path made of `m x y l dx dy … z` parts.
    fn points(path: &str) -> Vec<(i32, i32)> {
        let (mut found, mut start) = (Vec::new(), (0, 0));
        for ring in path.split_terminator('z') {
            let numbers: Vec<i32> = ring
                .replace(['m', 'l'], " ")
                .replace('-', " -")
                .split_whitespace()
                .map(|number| number.parse().unwrap())
                .collect();
            assert!(numbers.len() >= 6 && numbers.len().is_multiple_of(2), "{ring}");
            start = (start.0 + numbers[0], start.1 + numbers[1]);
            let mut at = start;
            found.push(at);
            for step in numbers[2..].chunks(2) {
                at = (at.0 + step[0], at.1 + step[1]);
                found.push(at);
            }
        }
        found
    }

    fn assert_inside(path: &str, height: i32) {
        for (x, y) in points(path) {
            assert!((0..=WIDTH).contains(&x) && (0..=height).contains(&y), "{x} {y}");
        }
    }

    #[test]
    fn no_row_is_lost_while_reading() {
        assert_eq!(OUTLINES.len(), tsv::announced(OUTLINES_FILE));
        let shapes = COMMUNES.values().chain(TERRITORIES.values()).map(|map| map.shapes.len());
        assert_eq!(shapes.sum::<usize>(), tsv::announced(SHAPES_FILE));
    }

    #[test]
    fn every_departement_and_overseas_region_has_an_outline_inside_its_view_box() {
        for department in geo::departments().iter().filter(|department| {
            department.code.len() == 2 || ["971", "972", "973", "974", "976"].contains(&department.code)
        }) {
            let outline = department_outline(department.code).unwrap();
            assert_eq!(outline.view_box, format!("0 0 1000 {}", outline.height));
            assert_inside(outline.path, outline.height);
        }
        assert!(department_outline("975").is_none());
    }

    #[test]
    fn the_map_of_communes_has_each_commune_once() {
        for department in MAPPED {
            let map = commune_map(department).unwrap();
            let mut expected: Vec<_> =
                geo::communes_of(department).iter().map(|commune| commune.code).collect();
            expected.sort_unstable();
            assert_eq!(map.shapes.iter().map(|shape| shape.code).collect::<Vec<_>>(), expected);
            map.shapes.iter().for_each(|shape| assert_inside(shape.path, map.height));
        }
        assert!(commune_map("75").is_none());
    }

    #[test]
    fn the_map_of_territories_has_each_territory_once() {
        for department in MAPPED {
            let map = territory_map(department).unwrap();
            assert_eq!(map.shapes.len(), geo::territories(department).len());
            for territory in geo::territories(department) {
                assert!(map.shapes.iter().any(|shape| shape.code == territory.code));
            }
        }
    }

    #[test]
    fn the_centre_of_a_commune_falls_in_the_view_box_on_its_shape_or_close_by() {
        for department in MAPPED {
            for shape in &commune_map(department).unwrap().shapes {
                let commune = geo::commune(shape.code).unwrap();
                let (lat, lon) = commune.position().unwrap();
                let (x, y) = project(department, lat, lon).unwrap();
                let near = 40; // Merged communes are placed at their seat, shapes are simplified.
                let around = points(shape.path);
                assert!(around.iter().any(|p| p.0 <= x + near) && around.iter().any(|p| p.0 >= x - near));
                assert!(around.iter().any(|p| p.1 <= y + near) && around.iter().any(|p| p.1 >= y - near));
            }
        }
    }

    #[test]
    fn communes_of_other_departements_are_projected_into_their_own_view_box() {
        for code in ["974", "2A", "75", "59"] {
            let outline = department_outline(code).unwrap();
            for commune in geo::communes_of(code) {
                let (lat, lon) = commune.position().unwrap();
                let (x, y) = project(code, lat, lon).unwrap_or_else(|| panic!("{} is outside", commune.name));
                assert!((0..=outline.width).contains(&x) && (0..=outline.height).contains(&y));
            }
        }
    }

    #[test]
    fn a_place_elsewhere_is_not_on_the_map() {
        assert_eq!(project("38", 48.85, 2.35), None);
        assert_eq!(project("38", f32::NAN, 5.7), None);
        assert_eq!(project("99", 45.2, 5.7), None);
    }
}
