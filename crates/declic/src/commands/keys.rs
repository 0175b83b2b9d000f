//! `declic keys`.

use std::time::Duration;

use app::StoreError;
use app::privacy::keys::{self, KeyStatus};
use store::sealed::Step;

use crate::commands::say;
use crate::config::Config;
use crate::failure::Outcome;
use crate::means::{self, Ready};

/// How long to wait for whoever writes: an import may last minutes.
const PAUSE: Duration = Duration::from_secs(1);

/// Says how many values are under which keys.
///
/// # Errors
/// When the database does not answer.
pub async fn status(config: &Config, code: &str, json: bool) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    let status = keys::status(&ctx).await?;
    means::close(&ctx.app).await?;
    if json { say(serde_json::to_string(&status)?) } else { tell(code, &status) }
}

/// Seals everything again with the first secret of the list.
///
/// # Errors
/// When the database does not answer, or a value was sealed with a secret that is not in the list.
pub async fn rotate(config: &Config, code: &str) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    waiting(|| keys::begin(&ctx)).await?;
    while let Step::Resealed(_) = waiting(|| keys::step(&ctx)).await? {}
    let status = waiting(|| keys::end(&ctx)).await?;
    means::close(&ctx.app).await?;
    tell(code, &status)
}

/// Tries again as long as another program writes: nothing is lost meanwhile.
async fn waiting<T, F>(work: impl Fn() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    loop {
        match work().await {
            Err(StoreError::Locked) => tokio::time::sleep(PAUSE).await,
            other => return other,
        }
    }
}

fn tell(code: &str, status: &KeyStatus) -> Outcome {
    say(format_args!("Département {code} : le secret {} chiffre.", status.writes))?;
    for key in &status.reads {
        say(format_args!("Le secret {key} est encore lu."))?;
    }
    for place in &status.places {
        for count in &place.keys {
            let key = count.key.as_deref().unwrap_or("sans nom");
            say(format_args!("{} : {} valeur(s) avec {key}", place.place, count.values))?;
        }
    }
    match (status.remaining, status.reads.is_empty()) {
        (0, true) => say("Tout est chiffré avec le secret en place."),
        (0, false) => say(
            "Plus rien n’est chiffré avec l’ancien secret : gardez-en une copie le temps de vos sauvegardes, puis retirez son fichier de secret_file.",
        ),
        (n, _) if n == of_journal(status) => say(format_args!(
            "{n} sceau(x) du journal sont encore faits avec l’ancien secret. Gardez-le : sans lui le journal ne pourrait plus être vérifié. S’ils restent après « declic keys rotate », le journal ne tient pas : « declic audit verify --department {code} » dit où."
        )),
        (n, _) => say(format_args!("{n} valeur(s) à rechiffrer : declic keys rotate --department {code}")),
    }
}

/// Seals of the journal that the secret that writes did not make.
fn of_journal(status: &KeyStatus) -> u64 {
    let journal = status.places.iter().filter(|place| place.place == "journal").flat_map(|place| &place.keys);
    journal.filter(|count| count.key.as_ref() != Some(&status.writes)).map(|count| count.values).sum()
}
