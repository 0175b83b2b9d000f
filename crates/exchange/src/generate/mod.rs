//! Makes up flux files: for tests, measurements and the demonstration. Nobody in them exists.
//!
//! The population is a function of the seed and of the rank of the household: the same seed gives the same people
//! whatever the month, and `drift_percent` of the households then change (address, suspension, closure, departure,
//! mutation, entry into droits et devoirs, arrival). A larger drift contains the changes of a smaller one, so that
//! a series of months is made by raising it: 0, then 2, then 4.
//!
//! ```
//! use exchange::caf::{Expect, Flux};
//! use exchange::generate::{GenerateBeneficiaires, beneficiaires};
//!
//! let order = GenerateBeneficiaires {
//!     department: "45".to_owned(),
//!     households: 3,
//!     month: "2026-10-01".parse().unwrap(),
//!     daily: None,
//!     seed: 1,
//!     drift_percent: 0.0,
//!     named: Vec::new(),
//! };
//! let mut file = Vec::new();
//! assert_eq!(beneficiaires(&order, &mut file).unwrap().dossiers, 3);
//! let expect = Expect { department: "45".to_owned(), today: "2026-11-26".parse().unwrap() };
//! assert_eq!(Flux::open(&file[..], expect).unwrap().header().reference.to_string(), "2026-10-31");
//! ```

mod dossier;
mod drift;
mod household;
mod instruction;
mod named;
mod places;
mod xml;

use std::io::{self, Write};

use chrono::{Datelike, Days, Months, NaiveDate};

use drift::Change;
use household::{Household, Population};
use xml::Xml;

pub use instruction::{GenerateInstruction, instruction};
pub use named::{Named, is_named};

/// What file to make up.
#[derive(Debug, Clone)]
pub struct GenerateBeneficiaires {
    /// The département: `45`, `2A`, `974`.
    pub department: String,
    /// How many households there are before any change.
    pub households: u32,
    /// A day of the month described.
    pub month: NaiveDate,
    /// The day of a daily file; none for the monthly file.
    pub daily: Option<NaiveDate>,
    /// The population.
    pub seed: u64,
    /// Per cent of the households that changed since the same population without drift. In a daily file, those that
    /// changed that day; 0 then means 0.5.
    pub drift_percent: f64,
    /// People who are named, beside those that are drawn; nothing changes for them.
    pub named: Vec<Named>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Dossiers written.
    pub dossiers: u64,
    /// Claimants and partners.
    pub adults: u64,
    /// Children.
    pub children: u64,
    /// Adults subject to droits et devoirs, with an open right.
    pub subject: u64,
    /// Size of the file.
    pub bytes: u64,
}

/// How a household can be reached: numbers kept for fiction, addresses that cannot exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeUpContacts {
    /// `06 39 98 xx xx`, or `01 99 00 xx xx` for one in five; ten digits.
    pub phone: String,
    /// At `courriel.example`.
    pub email: String,
}

/// The contacts of the claimant of a household of the population of this seed.
pub fn contacts(department: &str, seed: u64, household: u32) -> MadeUpContacts {
    let population = Population::new(department, seed);
    population.household(u64::from(household), NaiveDate::MAX).contacts()
}

/// Writes a monthly or daily VRSB0801 file in Windows-1252.
///
/// # Errors
/// Those of the writer, and [`io::ErrorKind::InvalidInput`] for an unknown département.
pub fn beneficiaires(order: &GenerateBeneficiaires, out: &mut impl Write) -> io::Result<Summary> {
    let population = Population::checked(&order.department, order.seed)?;
    let calendar = Calendar::of(order);
    let mut file = File { out, summary: Summary::default() };
    file.write(&opening("CRI", "6200", calendar.frequency, "D", calendar.created, Some(calendar.reference)))?;
    for rank in 0..u64::from(order.households) {
        let household = population.household(rank, calendar.reference);
        let change = match order.daily {
            Some(day) => {
                let percent = if order.drift_percent > 0.0 { order.drift_percent } else { 0.5 };
                drift::of_day(&household, day, percent)
            }
            None => drift::of_month(&household, order.drift_percent),
        };
        if order.daily.is_some() && change.is_none() {
            continue;
        }
        let household = match change {
            None => household,
            // Somebody else arrives for each household that is no longer in the file.
            Some(Change::Leave) => population
                .household(rank + u64::from(order.households), calendar.reference)
                .arrived(calendar.change_day),
            Some(change) => population.changed(household, change, calendar.change_day),
        };
        file.household(&household, &population, &calendar)?;
    }
    for one in &order.named {
        file.household(&population.named(one, calendar.reference)?, &population, &calendar)?;
    }
    file.close("NBTOTDOSRSATRANSM")
}

/// The dates of a file.
struct Calendar {
    frequency: &'static str,
    reference: NaiveDate,
    created: NaiveDate,
    /// When what changed took effect.
    change_day: NaiveDate,
    daily: bool,
}

impl Calendar {
    fn of(order: &GenerateBeneficiaires) -> Self {
        if let Some(day) = order.daily {
            return Self { frequency: "I", reference: day, created: day, change_day: day, daily: true };
        }
        let first = order.month.with_day(1).unwrap_or(order.month);
        let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
        Self {
            frequency: "M",
            reference: next.checked_sub_days(Days::new(1)).unwrap_or(first),
            created: next.with_day(5).unwrap_or(next),
            change_day: first,
            daily: false,
        }
    }
}

fn opening(
    emitter: &str,
    version: &str,
    frequency: &str,
    nature: &str,
    created: NaiveDate,
    reference: Option<NaiveDate>,
) -> Xml {
    let mut xml = Xml::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<Racine>\n");
    xml.block("IdentificationFlux", |x| {
        x.leaf("APPLIEME", emitter);
        x.leaf("NUMVERSIONAPPLIEME", version);
        x.leaf("TYPEFLUX", frequency);
        x.leaf("NATFLUX", nature);
        x.date("DTCREAFLUX", created);
        x.leaf("HEUCREAFLUX", "01:18:36.0000");
        if let Some(reference) = reference {
            x.date("DTREF", reference);
        }
    });
    xml
}

/// The file being written, with its counts.
struct File<'a, W> {
    out: &'a mut W,
    summary: Summary,
}

impl<W: Write> File<'_, W> {
    fn write(&mut self, xml: &Xml) -> io::Result<()> {
        let bytes = xml.encoded();
        self.summary.bytes += bytes.len() as u64;
        self.out.write_all(&bytes)
    }

    fn household(
        &mut self,
        household: &Household,
        population: &Population,
        calendar: &Calendar,
    ) -> io::Result<()> {
        self.count(household);
        self.write(&dossier::write(household, population, calendar))
    }

    fn count(&mut self, household: &Household) {
        self.summary.dossiers += 1;
        self.summary.adults += household.adults.len() as u64;
        self.summary.children += household.children.len() as u64;
        if household.is_open() {
            self.summary.subject += household.adults.iter().filter(|a| a.subject).count() as u64;
        }
    }

    fn close(mut self, total: &str) -> io::Result<Summary> {
        let mut xml = Xml::default();
        xml.block("TransmissionFlux", |x| {
            x.leaf(total, &self.summary.dossiers.to_string());
            if total == "NBTOTDOSRSATRANSM" {
                x.leaf("NBTOTDOSRSATRANSMANO", "0");
            }
        });
        xml.raw("</Racine>\n");
        self.write(&xml)?;
        self.out.flush()?;
        Ok(self.summary)
    }
}
