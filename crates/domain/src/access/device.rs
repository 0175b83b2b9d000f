//! What « Mes sessions » says of a machine: enough to recognise one's own, not enough to follow somebody.

use std::net::IpAddr;

/// Browsers, the most particular first: each also calls itself by the names of those below it.
const BROWSERS: [(&str, &str); 8] = [
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("chrome", "Chrome"),
    ("crios", "Chrome"),
    ("safari", "Safari"),
];

/// Systems, the most particular first.
const SYSTEMS: [(&str, &str); 8] = [
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os x", "macOS"),
    ("macintosh", "macOS"),
    ("cros", "ChromeOS"),
    ("linux", "Linux"),
];

/// The browser and the system that a `User-Agent` names, in words: « Firefox sur Windows ».
pub fn in_words(user_agent: &str) -> String {
    let agent = user_agent.to_lowercase();
    let known = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (known(&BROWSERS), known(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} sur {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Appareil inconnu".to_owned(),
    }
}

/// An address without its last part: the /24 of an IPv4 address, the /48 of an IPv6 one; what is not an address is
/// kept as it is.
pub fn shortened(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V4(v4)) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(IpAddr::V6(v6)) => {
            if let Some(v4) = v6.to_ipv4_mapped() {
                return shortened(&v4.to_string());
            }
            let [a, b, c, ..] = v6.segments();
            format!("{}/48", std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_machines_are_named_in_words() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox sur Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge sur Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari sur iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
                "Chrome sur Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605 Version/18 Safari/605",
                "Safari sur macOS",
            ),
            ("curl/8.0", "Appareil inconnu"),
            ("", "Appareil inconnu"),
        ] {
            assert_eq!(in_words(agent), words, "{agent}");
        }
    }

    #[test]
    fn addresses_lose_what_names_one_machine() {
        assert_eq!(shortened("203.0.113.77"), "203.0.113.0/24");
        assert_eq!(shortened("2001:db8:1:2:3:4:5:6"), "2001:db8:1::/48");
        assert_eq!(shortened("::ffff:203.0.113.77"), "203.0.113.0/24");
        assert_eq!(shortened("local"), "local");
    }
}
