//! The words of the command line, as `interfaces.md` fixes them.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::access::TokenScope;
use app::domain::access::role::Role;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

/// Déclic : le parcours des personnes au RSA, du dépôt de la demande au retour à l’emploi.
#[derive(Debug, Parser)]
#[command(name = "declic", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Where the data are.
    #[command(flatten)]
    pub place: Place,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the data are: a configuration file, or a folder.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// The configuration file.
    #[arg(
        long,
        global = true,
        value_name = "FICHIER",
        conflicts_with = "data",
        help = "Fichier de configuration (à défaut : variable DECLIC_CONFIG, puis ./declic.toml)"
    )]
    pub config: Option<PathBuf>,
    /// Dossier des données : une base <département>.db pour chaque département, créée au besoin
    #[arg(long, global = true, value_name = "DOSSIER")]
    pub data: Option<PathBuf>,
}

/// Every command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Quatre départements et des personnes inventées, servis sur cette machine
    Demo(Demo),
    /// Le site, l’API et les tâches de fond
    Serve {
        /// Adresse et port (à défaut : ceux de la configuration, ou 127.0.0.1:8080)
        #[arg(long, value_name = "ADRESSE:PORT")]
        listen: Option<SocketAddr>,
        /// Laisse les tâches de fond à « declic worker »
        #[arg(long)]
        no_jobs: bool,
    },
    /// Les tâches de fond seules
    Worker,
    /// Met les bases à jour
    Migrate,
    /// Vérifie configuration, secret, bases, disque et courrier, et dit quoi corriger
    Doctor,
    /// Fait entrer un fichier de la CAF, de la MSA ou un tableur
    Import {
        #[command(flatten)]
        department: Department,
        /// Le fichier
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Profil de colonnes d’un tableur
        #[arg(long, value_name = "NOM")]
        profile: Option<String>,
        /// Bilan en JSON
        #[arg(long)]
        json: bool,
    },
    /// Écrit un fichier inventé
    #[command(subcommand)]
    Generate(Generate),
    /// Sauvegarde la base et les documents d’un département dans un fichier
    Backup {
        #[command(flatten)]
        department: Department,
        /// Le fichier à écrire
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
    },
    /// Remet en place une sauvegarde
    Restore {
        #[command(flatten)]
        department: Department,
        /// Le fichier de sauvegarde
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Remplace la base qui est là
        #[arg(long)]
        force: bool,
    },
    /// Cherche des incohérences dans les bases
    Verify {
        /// Un seul département
        #[arg(long, value_name = "CODE")]
        department: Option<String>,
    },
    /// Empreinte de tout ce que le département sait
    Digest {
        #[command(flatten)]
        department: Department,
    },
    /// Comptes
    #[command(subcommand)]
    User(User),
    /// Jetons d’autres logiciels
    #[command(subcommand)]
    Token(Token),
    /// Journal
    #[command(subcommand)]
    Audit(Audit),
    /// Rejoue des cas jugés sur les règles en vigueur
    #[command(subcommand)]
    Simulate(Simulate),
    /// Durées de conservation
    #[command(subcommand)]
    Retention(Retention),
    /// Passage d’une personne d’un département à un autre
    #[command(subcommand)]
    Transfer(Transfer),
    /// Ce qui est écrit aux personnes
    #[command(subcommand)]
    Messages(Messages),
    /// Secrets de l’installation et valeurs chiffrées
    #[command(subcommand)]
    Keys(Keys),
    /// Toutes les adresses du site et qui peut les ouvrir
    Routes {
        /// En JSON
        #[arg(long)]
        json: bool,
    },
    /// Description OpenAPI de l’API
    Openapi,
    /// Time of reading a flux, for measurements.
    #[command(hide = true)]
    BenchParse {
        /// The flux.
        file: PathBuf,
        /// Its département.
        #[arg(long, default_value = "45")]
        department: String,
    },
    /// Every table, for the check of lifetimes.
    #[command(hide = true)]
    Tables,
}

/// Which département.
#[derive(Debug, Clone, Args)]
pub struct Department {
    /// Code du département : 45, 2A, 974
    #[arg(long = "department", value_name = "CODE")]
    pub code: String,
}

/// The demonstration.
#[derive(Debug, Args)]
pub struct Demo {
    /// Adresse et port
    #[arg(long, value_name = "ADRESSE:PORT", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Personnes inventées par département
    #[arg(long, value_name = "NOMBRE", default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub people: u32,
    /// Le jour où la démonstration se tient (à défaut : aujourd’hui)
    #[arg(long, value_name = "AAAA-MM-JJ")]
    pub until: Option<NaiveDate>,
    /// Recommence avec des données neuves
    #[arg(long)]
    pub reset: bool,
}

/// Made-up files.
#[derive(Debug, Subcommand)]
pub enum Generate {
    /// Un flux de bénéficiaires, mensuel ou quotidien
    Beneficiaires {
        #[command(flatten)]
        department: Department,
        /// Nombre de foyers
        #[arg(long, value_name = "NOMBRE")]
        households: u32,
        /// Mois décrit
        #[arg(long, value_name = "AAAA-MM", value_parser = month)]
        month: NaiveDate,
        /// Jour d’un flux quotidien
        #[arg(long, value_name = "AAAA-MM-JJ")]
        daily: Option<NaiveDate>,
        /// Graine de la population
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Part des foyers qui ont changé, en pour cent
        #[arg(long, value_name = "POURCENT", default_value_t = 0.0, value_parser = percent)]
        drift: f64,
        /// Le fichier à écrire
        #[arg(long, value_name = "FICHIER")]
        out: PathBuf,
    },
    /// Un flux d’instruction : des demandes déposées un jour
    Instruction {
        #[command(flatten)]
        department: Department,
        /// Le jour
        #[arg(long, value_name = "AAAA-MM-JJ")]
        day: NaiveDate,
        /// Nombre de demandes
        #[arg(long, value_name = "NOMBRE")]
        claims: u32,
        /// Graine de la population
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Le fichier à écrire
        #[arg(long, value_name = "FICHIER")]
        out: PathBuf,
    },
}

/// Accounts.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Ouvre un compte et donne le lien pour choisir un mot de passe
    Add {
        #[command(flatten)]
        department: Department,
        /// Adresse électronique
        #[arg(long, value_name = "ADRESSE")]
        email: String,
        /// Prénom et nom
        #[arg(long, value_name = "NOM")]
        name: String,
        /// Rôle
        #[arg(long, value_name = "RÔLE", value_parser = role)]
        role: Role,
        /// Territoire (à défaut : tout le département)
        #[arg(long, value_name = "CODE")]
        territory: Option<String>,
    },
    /// Donne un nouveau lien à un compte (lien perdu, mot de passe oublié)
    Invite {
        #[command(flatten)]
        department: Department,
        /// Adresse électronique du compte
        #[arg(long, value_name = "ADRESSE")]
        email: String,
    },
}

/// Tokens.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Crée un jeton ; il n’est montré qu’une fois
    Create {
        #[command(flatten)]
        department: Department,
        /// Le logiciel qui s’en servira
        #[arg(long, value_name = "NOM")]
        name: String,
        /// Lire, ou lire et faire entrer des fichiers
        #[arg(long, value_name = "read|write", value_parser = scope)]
        scope: TokenScope,
        /// Dernier jour du jeton (à défaut : dans un an, ce qui est aussi le plus loin)
        #[arg(long, value_name = "AAAA-MM-JJ")]
        expires: Option<NaiveDate>,
    },
}

/// The journal.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Le journal est entier, ou la première ligne qui ne l’est pas
    Verify {
        #[command(flatten)]
        department: Department,
        /// Sceau noté ailleurs : le bloc doit encore le porter (journaux du serveur, page du journal)
        #[arg(long, value_name = "BLOC:SCEAU", value_parser = noted_seal)]
        seal: Option<(i64, String)>,
    },
    /// Scelle toutes les lignes écrites jusqu’ici, sans attendre la tâche de fond
    Seal {
        #[command(flatten)]
        department: Department,
    },
}

/// Judged cases replayed.
#[derive(Debug, Subcommand)]
pub enum Simulate {
    /// Les règles d’orientation
    Orientation {
        #[command(flatten)]
        department: Department,
        /// Le fichier de cas, aux colonnes de cases.csv
        #[arg(value_name = "CAS.csv")]
        cases: PathBuf,
        /// En JSON
        #[arg(long)]
        json: bool,
    },
}

/// Lifetimes.
#[derive(Debug, Subcommand)]
pub enum Retention {
    /// Archive, rend anonyme et efface ce dont la durée est passée
    Run {
        #[command(flatten)]
        department: Department,
        /// Compte seulement : rien ne change
        #[arg(long)]
        dry_run: bool,
        /// En JSON
        #[arg(long)]
        json: bool,
    },
}

/// People who pass from one département to another.
#[derive(Debug, Subcommand)]
pub enum Transfer {
    /// La clé publique à donner aux autres départements ; avec --add, garde celle d’un autre
    Key {
        #[command(flatten)]
        department: Department,
        /// La clé reçue d’un autre département : « declic-38-… »
        #[arg(long, value_name = "CLÉ")]
        add: Option<String>,
    },
    /// Fait le fichier d’une personne qui part ; son parcours se termine ici
    Export {
        #[command(flatten)]
        department: Department,
        /// L’identifiant de la personne, qui termine l’adresse de sa fiche
        #[arg(long, value_name = "IDENTIFIANT")]
        person: uuid::Uuid,
        /// Code du département où elle s’installe
        #[arg(long, value_name = "CODE")]
        to: String,
        /// Pourquoi
        #[arg(long, value_name = "TEXTE")]
        reason: String,
        /// Le dossier où écrire le fichier
        #[arg(long, value_name = "DOSSIER", default_value = ".")]
        out: PathBuf,
    },
    /// Fait entrer une personne qu’un autre département transfère
    Import {
        #[command(flatten)]
        department: Department,
        /// Le fichier
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// Code du territoire où elle s’installe
        #[arg(long, value_name = "CODE")]
        territory: Option<String>,
        /// En JSON
        #[arg(long)]
        json: bool,
    },
    /// Confirme qu’une personne est arrivée, par l’accusé que l’autre département a reçu
    Close {
        #[command(flatten)]
        department: Department,
        /// Le transfert
        #[arg(long, value_name = "IDENTIFIANT")]
        transfer: uuid::Uuid,
        /// L’accusé : seize chiffres ou lettres de A à F
        #[arg(long, value_name = "ACCUSÉ")]
        receipt: String,
    },
}

/// What is written to people.
#[derive(Debug, Subcommand)]
pub enum Messages {
    /// Lit sur l’entrée standard un courriel revenu (avis RFC 3464) et note ce qu’est devenu le message
    Bounce {
        #[command(flatten)]
        department: Department,
    },
}

/// The keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Combien de valeurs sont chiffrées avec quel secret
    Status {
        #[command(flatten)]
        department: Department,
        /// En JSON
        #[arg(long)]
        json: bool,
    },
    /// Rechiffre tout avec le premier secret de la liste, pendant que le serveur travaille
    Rotate {
        #[command(flatten)]
        department: Department,
    },
}

impl Command {
    /// Commands that run until they are stopped.
    pub fn is_server(&self) -> bool {
        matches!(self, Self::Demo(_) | Self::Serve { .. } | Self::Worker)
    }
}

fn month(text: &str) -> Result<NaiveDate, String> {
    format!("{text}-01").parse().map_err(|_| "un mois s’écrit AAAA-MM, par exemple 2026-10".to_owned())
}

fn percent(text: &str) -> Result<f64, String> {
    let good = text.parse().ok().filter(|value| (0.0..=100.0).contains(value));
    good.ok_or_else(|| "un pourcentage s’écrit entre 0 et 100".to_owned())
}

/// `12:9f3ac2d1`: eight characters of the seal at least.
fn noted_seal(text: &str) -> Result<(i64, String), String> {
    let parts = text.split_once(':').and_then(|(block, seal)| Some((block.parse().ok()?, seal.to_owned())));
    let good = parts.filter(|(_, seal)| seal.len() >= 8 && seal.chars().all(|c| c.is_ascii_hexdigit()));
    good.ok_or_else(|| {
        "un sceau s’écrit BLOC:SCEAU, par exemple 12:9f3ac2d1 (huit caractères au moins)".to_owned()
    })
}

fn role(text: &str) -> Result<Role, String> {
    let known = || Role::ALL.map(Role::code).join(", ");
    Role::parse(text).ok_or_else(|| format!("rôles connus : {}", known()))
}

fn scope(text: &str) -> Result<TokenScope, String> {
    TokenScope::parse(text).ok_or_else(|| "read ou write".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn what_is_typed_is_read() {
        assert_eq!(month("2026-10"), Ok("2026-10-01".parse().unwrap()));
        assert!(month("octobre").is_err());
        assert_eq!(percent("5"), Ok(5.0));
        assert!(percent("101").is_err());
        assert_eq!(noted_seal("12:9f3ac2d1"), Ok((12, "9f3ac2d1".to_owned())));
        assert!(noted_seal("12:9f3").is_err() && noted_seal("x:9f3ac2d1").is_err());
        assert!(role("chief").unwrap_err().contains("team_lead"));
    }
}
