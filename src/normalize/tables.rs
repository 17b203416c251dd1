//! In: a table in `tables/*.tsv`, compiled in. Out: its rows.
//! Law: the first line names the columns, the last column is the source; `#` starts a comment.

use std::sync::LazyLock;

/// Rows of a tab-separated table, header dropped.
#[derive(Debug)]
pub(crate) struct Table {
    rows: Vec<Vec<&'static str>>,
}

impl Table {
    /// Reads a table compiled into the crate.
    pub(crate) fn read(text: &'static str) -> Self {
        let rows = text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
            .skip(1)
            .map(|line| line.split('\t').collect())
            .collect();
        Self { rows }
    }

    /// The first two columns of every row that has them.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.rows.iter().filter_map(|row| Some((*row.first()?, *row.get(1)?)))
    }

    /// Every row.
    pub(crate) fn rows(&self) -> &[Vec<&'static str>] {
        &self.rows
    }
}

/// A character -> text map, sorted for search.
#[derive(Debug)]
pub(crate) struct CharMap(Vec<(char, &'static str)>);

impl CharMap {
    /// Reads a table whose first column holds one character and whose second what it becomes.
    pub(crate) fn read(text: &'static str) -> Self {
        let mut map: Vec<_> =
            Table::read(text).pairs().filter_map(|(from, to)| Some((from.chars().next()?, to))).collect();
        map.sort_unstable_by_key(|entry| entry.0);
        Self(map)
    }

    /// What `c` becomes.
    pub(crate) fn get(&self, c: char) -> Option<&'static str> {
        self.0.binary_search_by_key(&c, |entry| entry.0).ok().map(|index| self.0[index].1)
    }
}

/// Look-alike letters of other keyboards.
pub(crate) static LOOKALIKES: LazyLock<CharMap> =
    LazyLock::new(|| CharMap::read(include_str!("tables/lookalikes.tsv")));
/// Letters for sounds standard Arabic lacks.
pub(crate) static FOREIGN: LazyLock<CharMap> =
    LazyLock::new(|| CharMap::read(include_str!("tables/foreign_letters.tsv")));
/// Word ligatures.
pub(crate) static LIGATURES: LazyLock<CharMap> =
    LazyLock::new(|| CharMap::read(include_str!("tables/ligatures.tsv")));
