//! How far a place is, as the crow flies; the way by road or bus is another matter.

/// Mean radius of the Earth, in kilometres.
const EARTH_KM: f64 = 6_371.0;

/// Kilometres between two points given by latitude and longitude in degrees, rounded.
pub fn km((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> u32 {
    let (lat_a, lat_b) = (lat_a.to_radians(), lat_b.to_radians());
    let (lat, lon) = ((lat_b - lat_a) / 2.0, (lon_b - lon_a).to_radians() / 2.0);
    let half = lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * lon.sin().powi(2);
    let distance = 2.0 * EARTH_KM * half.sqrt().min(1.0).asin();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and half the circumference"
    )]
    let km = distance.round() as u32;
    km
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_map() {
        let (bar, verdun) = ((48.772, 5.160), (49.160, 5.383));
        assert_eq!(km(bar, verdun), 46);
        assert_eq!(km(bar, bar), 0);
        assert_eq!(km(bar, verdun), km(verdun, bar));
    }
}
