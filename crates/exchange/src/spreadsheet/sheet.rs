//! One sheet as text.

use super::field::slug;
use super::{MAX_ROWS, csv_text, workbook};

/// The first sheet that holds something: its headers and its rows, every cell as trimmed text.
///
/// Dates are `AAAA-MM-JJ`, whole numbers have no decimals, empty rows are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    headers: Vec<String>,
    rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1, as the spreadsheet program shows it.
    pub line: u64,
    /// Its cells; may be shorter than the headers.
    pub cells: Vec<String>,
}

/// Why the file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetRefusal {
    /// No byte, or no row at all.
    #[error("Le tableau est vide : vérifiez que c’est le bon fichier.")]
    Empty,
    /// Headers without any row.
    #[error("Le tableau n’a que des titres de colonnes, aucune ligne : vérifiez que c’est le bon fichier.")]
    NoRow,
    /// A flux of the CAF or another XML file.
    #[error("« {0} » est un fichier XML et non un tableau : importez-le comme flux de la CAF ou de la MSA.")]
    Xml(String),
    /// Not one of the formats.
    #[error("« {0} » n’est pas un tableau que l’on sait lire : enregistrez-le en XLSX, XLS, ODS ou CSV.")]
    UnknownFormat(String),
    /// Encrypted, or damaged.
    #[error(
        "« {0} » est protégé par un mot de passe ou abîmé : ouvrez-le, enregistrez-le sans protection, puis recommencez."
    )]
    Unreadable(String),
    /// Expands out of proportion.
    #[error(
        "« {0} » prend une place démesurée une fois ouvert : il est refusé par sécurité. Copiez ses données dans un nouveau classeur."
    )]
    Bomb(String),
    /// Too many rows.
    #[error("Le tableau dépasse 200 000 lignes : partagez-le en plusieurs fichiers.")]
    TooManyRows,
}

/// Titles that differ from one another once case, accents and blanks are gone.
fn distinct(titles: Vec<String>) -> Vec<String> {
    let mut taken: Vec<String> = titles.iter().map(|t| slug(t)).collect();
    let mut seen: Vec<String> = Vec::with_capacity(titles.len());
    let mut one = |title: String| {
        let mut told = title.clone();
        let mut rank = 2;
        while !title.is_empty() && seen.contains(&slug(&told)) {
            let next = format!("{title} ({rank})");
            rank += 1;
            if !taken.contains(&slug(&next)) {
                told = next;
                taken.push(slug(&told));
            }
        }
        seen.push(slug(&told));
        told
    };
    titles.into_iter().map(&mut one).collect()
}

impl Sheet {
    /// Reads a file by what it holds; its name is used in messages.
    ///
    /// # Errors
    /// A [`SheetRefusal`] whose text is one French sentence for the agent.
    pub fn open(bytes: &[u8], file_name: &str) -> Result<Self, SheetRefusal> {
        let name = || file_name.chars().take(100).collect::<String>();
        let rows = match bytes {
            [] => return Err(SheetRefusal::Empty),
            [b'P', b'K', ..] => workbook::zipped(bytes, &name())?,
            [0xD0, 0xCF, 0x11, 0xE0, ..] => workbook::xls(bytes, &name())?,
            _ => csv_text::rows(bytes, &name())?,
        };
        let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|c| !c.is_empty()));
        let headers = distinct(rows.next().ok_or(SheetRefusal::Empty)?.cells);
        let rows: Vec<Row> = rows.collect();
        match rows.len() {
            0 => Err(SheetRefusal::NoRow),
            n if n > MAX_ROWS => Err(SheetRefusal::TooManyRows),
            _ => Ok(Self { headers, rows }),
        }
    }

    /// Titles of the columns: the first row that is not empty. A title that comes again is numbered, « Téléphone (2) »,
    /// so that each column can be named.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The rows below.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_comes_again_is_numbered_past_those_that_exist() {
        let titles = ["Nom", "Tél", "TÉL", "Tél (2)", "", "", "tel"].map(ToOwned::to_owned).to_vec();
        assert_eq!(distinct(titles), ["Nom", "Tél", "TÉL (3)", "Tél (2)", "", "", "tel (4)"]);
    }
}
