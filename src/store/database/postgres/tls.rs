//! Encryption on the way to a server, with the certificates that this machine trusts.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Makes encrypted connections.
///
/// # Errors
/// If this machine doesn't say which certificates it trusts.
pub(super) fn connector() -> Result<MakeRustlsConnect, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let verified = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(rustls::ConfigBuilder::with_platform_verifier)?;
    Ok(MakeRustlsConnect::new(verified.with_no_client_auth()))
}
