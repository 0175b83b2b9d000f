//! What the country publishes: the ground floor of the house.
//!
//! Communes and outlines, code lists of the Caf and MSA files, public holidays, legal parameters. Everything is
//! embedded in the binary, parsed at first use, and never read from a disk or a network. The files of `data/` come
//! from one command, `regen.py`; their producers and licences are in `data/ATTRIBUTION.md`.
//!
//! ```
//! let town = reference::geo::commune("45232").map(|commune| commune.name);
//! assert_eq!(town, Some("Olivet"));
//! ```

pub mod catalogues;
pub mod codes;
pub mod contours;
pub mod diagnosis;
pub mod geo;
pub mod holidays;
pub mod names;
pub mod parameters;
pub mod sensitive;
mod table;
mod tsv;

/// Producers, versions and licences of everything embedded here, to be shown on the legal page.
pub const ATTRIBUTION: &str = include_str!("../data/ATTRIBUTION.md");

#[cfg(test)]
mod tests {
    use std::path::Path;

    fn files_under(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files_under(&path, found);
            } else {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }

    #[test]
    fn every_data_file_has_its_producer_and_licence() {
        let mut files = Vec::new();
        files_under(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), &mut files);
        assert!(files.len() > 10);
        for file in files.iter().filter(|file| *file != "ATTRIBUTION.md") {
            assert!(super::ATTRIBUTION.contains(&format!("`{file}`")), "{file} is not attributed");
        }
        assert!(super::ATTRIBUTION.contains("Licence Ouverte"));
        assert!(super::ATTRIBUTION.contains("Copyright (c) 2012 Daniele Faraglia"));
    }
}
