//! Where a store is.

use std::fmt;

use ureq::http::Uri;

/// The address of a store's statements, without a name or password in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(Uri);

/// Why something is no address of a store. It doesn't say what was given: that may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// Not `http://` or `https://` and a host.
    #[error("this is no web address; one looks like https://lrs.example.com/xapi")]
    NotWeb,
    /// With a name and password.
    #[error("the address has a name or password in it; leave them out and give them by the environment")]
    Secret,
    /// With a `?`.
    #[error("the address has a query in it; leave out the ? and what follows")]
    Query,
}

impl Endpoint {
    /// The endpoint at an address: that of the store's xAPI interface, or of its statements.
    ///
    /// # Errors
    /// If it is no address, or one that says more than where.
    pub fn parse(address: &str) -> Result<Self, BadAddress> {
        let (address, _) = address.trim().split_once('#').unwrap_or((address.trim(), ""));
        let uri: Uri = address.parse().map_err(|_| BadAddress::NotWeb)?;
        let (Some("http" | "https"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(BadAddress::NotWeb);
        };
        if authority.as_str().contains('@') {
            return Err(BadAddress::Secret);
        }
        if uri.query().is_some() {
            return Err(BadAddress::Query);
        }
        if authority.host().is_empty() {
            return Err(BadAddress::NotWeb);
        }
        let base = address.trim_end_matches('/');
        let base = base.strip_suffix("/statements").unwrap_or(base);
        format!("{base}/statements").parse().map(Self).map_err(|_| BadAddress::NotWeb)
    }

    /// The address of the statements.
    pub(super) const fn uri(&self) -> &Uri {
        &self.0
    }

    /// Whether a password could be read on the way there: by `http://` to another machine.
    pub fn is_in_the_clear(&self) -> bool {
        let host = self.0.host().unwrap_or_default();
        let here = host == "localhost" || host.starts_with("127.") || host == "[::1]";
        self.0.scheme_str() == Some("http") && !here
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_where_statements_go() {
        for (address, statements) in [
            ("https://lrs.example.com/xapi", "https://lrs.example.com/xapi/statements"),
            ("https://lrs.example.com/xapi/", "https://lrs.example.com/xapi/statements"),
            (" https://lrs.example.com/xapi/statements/ ", "https://lrs.example.com/xapi/statements"),
            ("http://127.0.0.1:8100", "http://127.0.0.1:8100/statements"),
        ] {
            assert_eq!(Endpoint::parse(address).map(|endpoint| endpoint.to_string()).as_deref(), Ok(statements));
        }
        for (address, error) in [
            ("lrs.example.com/xapi", BadAddress::NotWeb),
            ("", BadAddress::NotWeb),
            ("ftp://lrs.example.com", BadAddress::NotWeb),
            ("https://", BadAddress::NotWeb),
            ("https://a b/", BadAddress::NotWeb),
            ("https://me:secret@lrs.example.com/", BadAddress::Secret),
            ("https://me@lrs.example.com/", BadAddress::Secret),
            ("https://lrs.example.com/?key=secret", BadAddress::Query),
        ] {
            assert_eq!(Endpoint::parse(address), Err(error), "{address}");
        }
    }

    #[test]
    fn a_password_is_safe_behind_tls_or_at_home() {
        for (address, clear) in [
            ("https://lrs.example.com", false),
            ("http://lrs.example.com", true),
            ("http://localhost:8100", false),
            ("http://127.0.0.1", false),
            ("http://[::1]:80", false),
        ] {
            assert_eq!(Endpoint::parse(address).map(|endpoint| endpoint.is_in_the_clear()), Ok(clear), "{address}");
        }
    }
}
