//! The thread that reads: parses, seals and hashes on one core while the other writes rows.

use domain::intake::flux::{Dossier, Header, Item, Reject};
use domain::people::nir::Nir;
use exchange::caf::{Expect, Flux, Refusal};
use store::StoreError;
use store::crypto::{ContentKey, Keys};
use store::sealed::{CONTENT, FRANCE_TRAVAIL, NIR};
use tokio::sync::mpsc;

use super::source::Source;

/// Dossiers sent at a time.
const BATCH: usize = 250;

/// A dossier ready to be recorded.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// What the file says.
    pub dossier: Dossier,
    /// The same as JSON, without any NIR, sealed.
    pub payload_sealed: Vec<u8>,
    /// Keyed hash of everything, NIR included.
    pub hash: Vec<u8>,
    /// The NIR of each person of the dossier, in the same order.
    pub nirs: Vec<Option<SealedFact>>,
    /// The France Travail number of each, in the same order.
    pub france_travail: Vec<Option<SealedFact>>,
    /// Rank in the file.
    pub position: u64,
}

/// A number that identifies somebody, sealed.
#[derive(Debug, Clone)]
pub(crate) struct SealedFact {
    /// Encrypted text as received.
    pub sealed: Vec<u8>,
    /// Its blind indexes, that of the keys that write first; none when it is not valid and thus not used to match.
    pub indexes: Vec<Vec<u8>>,
}

impl SealedFact {
    /// Seals a NIR as received.
    pub fn nir(keys: &Keys, text: &str) -> Result<Self, StoreError> {
        let nir = Nir::parse(text).ok();
        let kept = nir.as_ref().map_or(text, Nir::reveal);
        Ok(Self {
            sealed: keys.encrypt(NIR.place, kept.as_bytes())?,
            indexes: nir.as_ref().map(|nir| NIR.indexes_of(keys, nir.reveal())).unwrap_or_default(),
        })
    }

    /// Seals a France Travail number as received.
    pub fn france_travail(keys: &Keys, text: &str) -> Result<Self, StoreError> {
        Ok(Self {
            sealed: keys.encrypt(FRANCE_TRAVAIL.place, text.as_bytes())?,
            indexes: FRANCE_TRAVAIL.indexes_of(keys, text),
        })
    }

    /// The blind index of the keys that write.
    pub fn index(&self) -> Option<&Vec<u8>> {
        self.indexes.first()
    }
}

/// What the reading thread sends.
#[derive(Debug)]
pub(crate) enum Message {
    /// The header, first.
    Header(Header),
    /// Some dossiers, kept and left out, in file order; with the bytes read so far.
    Batch(Vec<Prepared>, Vec<Reject>, u64),
    /// The end, with the count of the trailer and the bytes read in another encoding than the one declared.
    End(Option<u64>, u64),
    /// The file is refused.
    Refused(Refusal),
    /// A value could not be sealed.
    Failed(StoreError),
}

/// Reads the flux in a thread of its own.
pub(crate) fn start(
    source: Source,
    expect: Expect,
    keys: Keys,
    content: ContentKey,
) -> mpsc::Receiver<Message> {
    let (send, receive) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let end = read(&source, expect, (&keys, &content), &send);
        // The receiver may be gone when the transaction failed; there is nobody left to tell.
        let _ = send.blocking_send(end);
    });
    receive
}

fn read(
    source: &Source,
    expect: Expect,
    keys: (&Keys, &ContentKey),
    send: &mpsc::Sender<Message>,
) -> Message {
    let opened = source.open().map_err(Refusal::Io).and_then(|input| Flux::open(input, expect));
    let mut flux = match opened {
        Ok(flux) => flux,
        Err(refusal) => return Message::Refused(refusal),
    };
    if send.blocking_send(Message::Header(flux.header().clone())).is_err() {
        return Message::End(None, 0);
    }
    let (mut kept, mut left, mut position) = (Vec::with_capacity(BATCH), Vec::new(), 0);
    loop {
        match flux.next() {
            Ok(Some(item)) => {
                position += 1;
                match item {
                    Item::Accepted(dossier) => match prepare(*dossier, position, keys) {
                        Ok(prepared) => kept.push(prepared),
                        Err(error) => return Message::Failed(error),
                    },
                    Item::Rejected(reject) => left.push(*reject),
                }
            }
            Ok(None) => break,
            Err(refusal) => return Message::Refused(refusal),
        }
        if kept.len() + left.len() >= BATCH {
            let batch =
                Message::Batch(std::mem::take(&mut kept), std::mem::take(&mut left), flux.bytes_read());
            if send.blocking_send(batch).is_err() {
                return Message::End(None, 0);
            }
        }
    }
    if send.blocking_send(Message::Batch(kept, left, flux.bytes_read())).is_err() {
        return Message::End(None, 0);
    }
    Message::End(flux.trailer().map(|t| t.declared), flux.repaired_bytes())
}

fn prepare(
    dossier: Dossier,
    position: u64,
    (keys, content): (&Keys, &ContentKey),
) -> Result<Prepared, StoreError> {
    let mut whole = serde_json::to_string(&dossier).map_err(|e| StoreError::Other(e.to_string()))?;
    let payload_sealed = keys.encrypt(CONTENT.place, whole.as_bytes())?;
    let mut nirs = Vec::with_capacity(dossier.persons.len());
    let mut france_travail = Vec::with_capacity(dossier.persons.len());
    for person in &dossier.persons {
        let nir = person.nir.as_deref().filter(|_| person.role.is_followed());
        whole.push('|');
        whole.push_str(nir.unwrap_or_default());
        nirs.push(nir.map(|text| SealedFact::nir(keys, text)).transpose()?);
        let number = person.france_travail_id.as_deref().filter(|_| person.role.is_followed());
        france_travail.push(number.map(|text| SealedFact::france_travail(keys, text)).transpose()?);
    }
    Ok(Prepared { hash: content.hash(&whole), dossier, payload_sealed, nirs, france_travail, position })
}
