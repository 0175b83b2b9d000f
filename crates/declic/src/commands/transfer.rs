//! `declic transfer`.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use app::people::transfer::{self, How, Receipt, ReceiveInput, TransferInput};
use uuid::Uuid;

use crate::commands::say;
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::means::{self, Ready};

/// Most bytes read of a file: what one may hold, and its pieces' marks.
const MOST: u64 = 300 * 1024 * 1024;

/// Prints the public key of the département, or keeps that of another one.
///
/// # Errors
/// When the text is not a key, or the database does not answer.
pub async fn key(config: &Config, code: &str, add: Option<&str>) -> Outcome {
    let ctx = means::context(config, code, Ready::Made).await?;
    if let Some(text) = add {
        let peer = transfer::save_peer(&ctx, text).await?;
        means::close(&ctx.app).await?;
        return say(format_args!(
            "Clé du département {} ({}) gardée. Relisez ensemble son empreinte au téléphone : {}",
            peer.code, peer.name, peer.fingerprint
        ));
    }
    let own = transfer::own_key(&ctx).await?;
    means::close(&ctx.app).await?;
    say(format_args!("Empreinte, à relire au téléphone : {}", own.fingerprint()))?;
    say(own.text())
}

/// Writes the file of a person who leaves; nobody is named by its name.
///
/// # Errors
/// When it cannot be made: nothing has changed then. When it cannot be written, the transfer is cancelled.
pub async fn export(
    config: &Config,
    code: &str,
    person: Uuid,
    input: &TransferInput,
    folder: &Path,
) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    let made = transfer::export(&ctx, person, input).await?;
    let path = folder.join(&made.file_name);
    let written = File::options()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(&path)
        .and_then(|mut file| file.write_all(&made.bytes).and_then(|()| file.sync_all()));
    if let Err(error) = written {
        transfer::cancel(&ctx, made.id).await?;
        means::close(&ctx.app).await?;
        return Err(Failure::file(
            "Le fichier ne peut pas être écrit, le transfert est annulé",
            &path,
            &error,
        ));
    }
    means::close(&ctx.app).await?;
    say(path.display())?;
    say(format_args!("Transfert {}", made.id))?;
    say(format_args!(
        "Remettez ce fichier au département {} : lui seul peut l’ouvrir, jusqu’au {}.",
        input.to,
        app::domain::time::in_words(made.until)
    ))
}

/// Brings a person in.
///
/// # Errors
/// When the file is refused: nothing of it was written.
pub async fn import(
    config: &Config,
    code: &str,
    file: &Path,
    territory: Option<&str>,
    json: bool,
) -> Outcome {
    let failed = |error: std::io::Error| Failure::file("Le fichier ne peut pas être ouvert", file, &error);
    let mut bytes = Vec::new();
    File::open(file).map_err(failed)?.take(MOST).read_to_end(&mut bytes).map_err(failed)?;
    let ctx = means::context(config, code, Ready::Made).await?;
    let got = transfer::receive(&ctx, ReceiveInput { bytes: &bytes, territory }).await;
    means::close(&ctx.app).await?;
    tell(&got?, json)
}

fn tell(got: &Receipt, json: bool) -> Outcome {
    if json {
        return say(serde_json::json!({
            "person": got.person, "from": got.from, "created": got.created, "review": got.doubts,
            "already_imported": got.already, "receipt": got.code,
        }));
    }
    say(match (got.already, got.created) {
        (true, _) => "Ce fichier était déjà entré : rien n’a changé.".to_owned(),
        (false, true) => format!("Une personne reçue du département {}, à orienter.", got.from),
        (false, false) => format!("Une personne déjà connue, complétée par le département {}.", got.from),
    })?;
    if got.doubts > 0 {
        say(format_args!("À rapprocher : {} question(s) attendent une réponse.", got.doubts))?;
    }
    say(format_args!("Fiche {}", got.person))?;
    say(format_args!("Accusé à donner au département qui l’a transférée : {}", got.code))
}

/// Confirms that somebody arrived.
///
/// # Errors
/// When it is another receipt, or nothing waits.
pub async fn close(config: &Config, code: &str, id: Uuid, receipt: String) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    let closed = transfer::close(&ctx, id, &How::Receipt(receipt)).await;
    means::close(&ctx.app).await?;
    closed?;
    say("Arrivée confirmée : ce transfert n’attend plus rien.")
}
