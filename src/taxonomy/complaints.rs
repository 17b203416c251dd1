//! Short names, in both languages, of what customers commonly complain of.

/// Arabic and English of each, from `complaints.tsv`.
pub(crate) fn complaints() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("complaints.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::complaints;

    #[test]
    fn every_complaint_has_two_names_of_its_own() {
        let (ar, en): (BTreeSet<&str>, BTreeSet<&str>) = complaints().unzip();
        let n = include_str!("complaints.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert!(n > 250 && ar.len() == n && en.len() == n, "{n} {} {}", ar.len(), en.len());
        assert!(ar.iter().all(|name| !name.chars().any(|c| c.is_ascii_alphabetic())));
        assert!(en.iter().all(|name| name.is_ascii() && name.trim() == *name));
    }
}
