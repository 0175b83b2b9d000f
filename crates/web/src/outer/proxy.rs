//! From which address a request comes. Only a proxy that we were told to trust may say it in `X-Forwarded-For`.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use ipnet::IpNet;

/// The addresses of the proxies in front of the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(Vec<IpNet>);

/// A word of the configuration that is neither an address nor a network.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("trusted_proxies : « {0} » n’est ni une adresse (127.0.0.1) ni un réseau (10.0.0.0/8).")]
pub struct NotAnAddress(String);

impl Proxies {
    /// Reads `127.0.0.1`, `::1`, `10.0.0.0/8`.
    ///
    /// # Errors
    /// The first word that is neither an address nor a network.
    pub fn parse(words: &[String]) -> Result<Self, NotAnAddress> {
        let one = |word: &String| {
            let net = word.parse::<IpNet>().ok();
            net.or_else(|| word.parse::<IpAddr>().ok().map(IpNet::from))
                .ok_or_else(|| NotAnAddress(word.clone()))
        };
        words.iter().map(one).collect::<Result<_, _>>().map(Self)
    }

    /// No proxy is trusted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A network so wide that anybody is in it.
    pub fn trusts_everybody(&self) -> bool {
        self.0.iter().any(|net| net.prefix_len() == 0)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.contains(&address))
    }

    /// The address of who asks: the last one written by a proxy of ours, read from the right, else that of the
    /// connection. What a client writes in the header itself stands further left and is never believed.
    pub fn client(&self, extensions: &Extensions, headers: &HeaderMap) -> String {
        let Some(ConnectInfo(peer)) = extensions.get::<ConnectInfo<SocketAddr>>() else {
            return "local".to_owned();
        };
        let mut address = peer.ip().to_canonical();
        let told: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        let mut before = told.iter().rev();
        while self.trusts(address)
            && let Some(further) = before.next().and_then(|word| word.trim().parse::<IpAddr>().ok())
        {
            address = further.to_canonical();
        }
        address.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &[&str], peer: &str, told: &[&str]) -> String {
        let words: Vec<String> = proxies.iter().map(|&word| word.to_owned()).collect();
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4)));
        let mut headers = HeaderMap::new();
        for value in told {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        Proxies::parse(&words).unwrap().client(&extensions, &headers)
    }

    #[test]
    fn without_a_trusted_proxy_nobody_may_say_where_they_are() {
        assert_eq!(client(&[], "192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(client(&["10.0.0.0/8"], "192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
    }

    #[test]
    fn a_trusted_proxy_says_it_and_what_the_client_wrote_is_not_believed() {
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &["203.0.113.9, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &["203.0.113.9", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(client(&["127.0.0.1"], "::ffff:127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
    }

    #[test]
    fn a_chain_of_our_proxies_is_followed_and_nonsense_stops_it() {
        assert_eq!(
            client(&["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", &["198.51.100.1, 10.1.2.3"]),
            "198.51.100.1"
        );
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &["198.51.100.1, <script>"]), "127.0.0.1");
        assert_eq!(client(&["127.0.0.1"], "127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn a_word_that_is_no_address_is_told() {
        assert!(Proxies::parse(&["nginx".to_owned()]).unwrap_err().to_string().contains("« nginx »"));
    }
}
