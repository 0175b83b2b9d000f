//! Sealing and opening.

use chrono::NaiveDate;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _, setup_receiver, setup_sender};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::package::{Package, VERSION};
use super::{KeyPair, PublicKey, TransferRefusal};

/// What a file begins with.
const BEGIN: &[u8] = b"DECLIC-TRANSFERT\n";
/// Bytes sealed at a time.
const PIECE: usize = 256 * 1024;
/// What a piece is bound to, and the last one.
const MORE: &[u8] = b"more";
const LAST: &[u8] = b"last";
/// Bytes of a tag.
const TAG: usize = 16;
/// Largest header.
const HEADER: usize = 4 * 1024;
/// Most bytes of what is sealed: the file is held in memory.
pub const MOST_BYTES: usize = 256 * 1024 * 1024;

/// What stands in clear: which file, between whom, until when. Nobody is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format.
    pub version: u32,
    /// The file.
    pub file: Uuid,
    /// Code of the département that sends.
    pub from: String,
    /// Code of the one that receives.
    pub to: String,
    /// When it was made.
    pub made_on: NaiveDate,
    /// The last day on which it may be brought in.
    pub until: NaiveDate,
}

/// Seals a package and the bytes of its documents, in their order.
///
/// # Errors
/// [`TransferRefusal::TooLarge`], [`TransferRefusal::Key`].
pub fn seal(
    header: &Header,
    (from, to): (&KeyPair, &PublicKey),
    package: &Package,
    documents: &[Vec<u8>],
) -> Result<Vec<u8>, TransferRefusal> {
    let clear = serde_json::to_vec(header).map_err(|_| TransferRefusal::TooLarge)?;
    let body = body(package, documents)?;
    let mode = OpModeS::<X25519HkdfSha256>::Auth((from.secret.clone(), from.public().opened()?));
    let (key, mut sealing) =
        setup_sender::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&mode, &to.opened()?, &clear)
            .map_err(|_| TransferRefusal::Key)?;
    let mut out = BEGIN.to_vec();
    put(&mut out, &clear)?;
    out.extend_from_slice(&key.to_bytes());
    let count = body.len().div_ceil(PIECE);
    for (rank, piece) in body.chunks(PIECE).enumerate() {
        let mark = if rank + 1 == count { LAST } else { MORE };
        put(&mut out, &sealing.seal(piece, mark).map_err(|_| TransferRefusal::TooLarge)?)?;
    }
    Ok(out)
}

fn body(package: &Package, documents: &[Vec<u8>]) -> Result<Vec<u8>, TransferRefusal> {
    let json = serde_json::to_vec(package).map_err(|_| TransferRefusal::TooLarge)?;
    let size = json.len() + documents.iter().map(Vec::len).sum::<usize>();
    if size > MOST_BYTES {
        return Err(TransferRefusal::TooLarge);
    }
    let mut body = Vec::with_capacity(size + 8);
    body.extend_from_slice(&(json.len() as u64).to_le_bytes());
    body.extend_from_slice(&json);
    for bytes in documents {
        body.extend_from_slice(bytes);
    }
    Ok(body)
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), TransferRefusal> {
    let size = u32::try_from(bytes.len()).map_err(|_| TransferRefusal::TooLarge)?;
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(bytes);
    Ok(())
}

/// What stands in clear at the head of a file; not to be believed before [`open`] has opened it.
///
/// # Errors
/// [`TransferRefusal::NotATransfer`], [`TransferRefusal::Version`], [`TransferRefusal::Broken`].
pub fn header(file: &[u8]) -> Result<Header, TransferRefusal> {
    head(file).map(|(header, _, _)| header)
}

/// The header, its bytes, and what follows it.
fn head(file: &[u8]) -> Result<(Header, &[u8], &[u8]), TransferRefusal> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let rest = file.strip_prefix(BEGIN).ok_or(TransferRefusal::NotATransfer)?;
    let (clear, rest) = take(rest, HEADER)?;
    // The version alone first: another one may say the rest in another way.
    let Version { version } = serde_json::from_slice(clear).map_err(|_| TransferRefusal::Broken)?;
    if version != VERSION {
        return Err(TransferRefusal::Version(version));
    }
    let header = serde_json::from_slice(clear).map_err(|_| TransferRefusal::Broken)?;
    Ok((header, clear, rest))
}

fn take(bytes: &[u8], most: usize) -> Result<(&[u8], &[u8]), TransferRefusal> {
    let (size, rest) = bytes.split_at_checked(4).ok_or(TransferRefusal::Broken)?;
    let size = size.try_into().map(u32::from_le_bytes).map_err(|_| TransferRefusal::Broken)? as usize;
    if size > most {
        return Err(TransferRefusal::Broken);
    }
    rest.split_at_checked(size).ok_or(TransferRefusal::Broken)
}

/// Opens a file sealed to `to` by `from`, and gives the bytes of its documents.
///
/// # Errors
/// As [`header`]; [`TransferRefusal::Broken`] when a byte is missing or changed, or when another key sealed it.
pub fn open(
    file: &[u8],
    (from, to): (&PublicKey, &KeyPair),
) -> Result<(Header, Package, Vec<Vec<u8>>), TransferRefusal> {
    let broken = |_| TransferRefusal::Broken;
    let (header, clear, rest) = head(file)?;
    let (key, mut rest) = rest.split_at_checked(32).ok_or(TransferRefusal::Broken)?;
    let key = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(key).map_err(broken)?;
    let mode = OpModeR::<X25519HkdfSha256>::Auth(from.opened()?);
    let mut opening =
        setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&mode, &to.secret, &key, clear)
            .map_err(broken)?;
    let (mut body, mut ended) = (Vec::new(), false);
    while !ended {
        let (piece, after) = take(rest, PIECE + TAG)?;
        // What goes on is marked so, and nothing follows the end.
        ended = after.is_empty();
        body.extend(opening.open(piece, if ended { LAST } else { MORE }).map_err(broken)?);
        rest = after;
    }
    let (package, documents) = parts(&body)?;
    let same =
        package.file == header.file && package.from.code == header.from && from.department == header.from;
    if !same {
        return Err(TransferRefusal::Broken);
    }
    Ok((header, package, documents))
}

fn parts(body: &[u8]) -> Result<(Package, Vec<Vec<u8>>), TransferRefusal> {
    let broken = TransferRefusal::Broken;
    let (size, rest) = body.split_at_checked(8).ok_or_else(|| broken.clone())?;
    let size = size.try_into().map(u64::from_le_bytes).map_err(|_| broken.clone())?;
    let size = usize::try_from(size).map_err(|_| broken.clone())?;
    let (json, mut rest) = rest.split_at_checked(size).ok_or_else(|| broken.clone())?;
    let package: Package = serde_json::from_slice(json).map_err(|_| broken.clone())?;
    let mut documents = Vec::with_capacity(package.documents.len());
    for document in &package.documents {
        let size = usize::try_from(document.size).map_err(|_| broken.clone())?;
        let (bytes, after) = rest.split_at_checked(size).ok_or_else(|| broken.clone())?;
        documents.push(bytes.to_vec());
        rest = after;
    }
    if rest.is_empty() { Ok((package, documents)) } else { Err(broken) }
}
