//! WHO ASSIST v3.1 a second time: turns a paper form into what is asked, scores, bands and the follow-up,
//! from the table of the method alone, as slowly and plainly as one would with a pencil.
//!
//! Architecture Invariant: names nothing of the crate, so that it can share no fault with it.

use std::collections::BTreeMap;

/// A cell of the form: the number of the question and the letter of the substance, a to j.
/// Question 8 has the cells `(8, '?')` for whether and `(8, 'n')` for on how many days.
pub type Cell = (u8, char);

/// What stands in each cell: the place of the option counted from 0, or [`DECLINED`].
pub type Form = BTreeMap<Cell, u8>;

/// Written into a cell by whoever prefers not to answer.
pub const DECLINED: u8 = 9;

/// Written into a cell by whoever is not sure.
pub const UNSURE: u8 = 8;

/// What the form comes to.
#[derive(Debug, PartialEq, Eq)]
pub struct Sum {
    /// One line per substance used, the highest level first, then by letter.
    pub lines: Vec<Line>,
    /// Letters with question 1 declined or unsure.
    pub undisclosed: String,
    /// What question 8 told, in a word or two.
    pub injecting: &'static str,
    /// The highest level: 1 low, 2 moderate, 3 high.
    pub highest: u8,
    /// Where to go on, in one word.
    pub follow_up: &'static str,
    /// Whether to warn against stopping suddenly.
    pub warn: bool,
}

/// The line of one substance.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// a to j.
    pub letter: char,
    /// Points of questions 2 to 7.
    pub score: u8,
    /// 1 low, 2 moderate, 3 high.
    pub level: u8,
    /// How many cells were declined or unsure.
    pub uncounted: u8,
    /// Used daily or almost daily.
    pub daily: bool,
    /// Whether to warn against stopping this one suddenly.
    pub warn: bool,
}

/// Every cell printed on the form, in order.
pub fn every_cell() -> Vec<Cell> {
    let mut cells = Vec::new();
    for number in 1..=7 {
        for letter in 'a'..='j' {
            if (number, letter) != (5, 'a') {
                cells.push((number, letter));
            }
        }
    }
    cells.push((8, '?'));
    cells.push((8, 'n'));
    cells
}

/// How many options a cell offers.
pub fn options(cell: Cell) -> u8 {
    match cell {
        (1, _) | (8, 'n') => 2,
        (2..=5, _) => 5,
        _ => 3,
    }
}

/// The cells that what is written so far asks for, in order.
pub fn asked(form: &Form) -> Vec<Cell> {
    let mut cells: Vec<Cell> = ('a'..='j').map(|letter| (1, letter)).collect();
    let used: Vec<char> =
        ('a'..='j').filter(|letter| form.get(&(1, *letter)) == Some(&1)).collect();
    for number in 2..=7 {
        for letter in &used {
            let is_in_three_months = match form.get(&(2, *letter)) {
                None | Some(0) => false,
                Some(_) => true,
            };
            let is_asked = match number {
                3 | 4 => is_in_three_months,
                5 => is_in_three_months && *letter != 'a',
                _ => true,
            };
            if is_asked {
                cells.push((number, *letter));
            }
        }
    }
    if !used.is_empty() {
        cells.push((8, '?'));
        if form.get(&(8, '?')) == Some(&1) {
            cells.push((8, 'n'));
        }
    }
    cells
}

/// Rubs out every cell that is no longer asked.
pub fn rub_out(form: &mut Form) {
    loop {
        let asked = asked(form);
        let before = form.len();
        form.retain(|cell, _| asked.contains(cell));
        if form.len() == before {
            return;
        }
    }
}

/// Adds up a complete form.
pub fn add_up(form: &Form) -> Sum {
    let mut lines = Vec::new();
    for level in [3, 2, 1] {
        for letter in 'a'..='j' {
            if form.get(&(1, letter)) == Some(&1) {
                let line = line(form, letter);
                if line.level == level {
                    lines.push(line);
                }
            }
        }
    }
    let injecting = injecting(form);
    let mut highest = match injecting {
        "more than four days" => 3,
        "few days" => 2,
        _ => 1,
    };
    let is_injecting = highest > 1;
    let mut troubling = String::new();
    for line in &lines {
        highest = highest.max(line.level);
        if line.level > 1 {
            troubling.push(line.letter);
        }
    }
    let is_only_alcohol_or_tobacco =
        !troubling.is_empty() && troubling.replace(['a', 'b'], "").is_empty() && !is_injecting;
    let follow_up = match (is_only_alcohol_or_tobacco, highest) {
        (true, _) => "puskesmas",
        (_, 1) => "information",
        (_, 2) => "talk",
        _ => "asesmen",
    };
    Sum {
        warn: lines.iter().any(|line| line.warn),
        undisclosed: ('a'..='j').filter(|l| is_left_open(form, *l)).collect(),
        lines,
        injecting,
        highest,
        follow_up,
    }
}

fn is_left_open(form: &Form, letter: char) -> bool {
    [Some(&DECLINED), Some(&UNSURE)].contains(&form.get(&(1, letter)))
}

fn line(form: &Form, letter: char) -> Line {
    let mut score = 0;
    let mut uncounted = 0;
    for number in 2..=7 {
        match form.get(&(number, letter)) {
            None => {}
            Some(&(DECLINED | UNSURE)) => uncounted += 1,
            Some(option) => score += points(number, *option),
        }
    }
    let level = level(letter, score);
    let daily = form.get(&(2, letter)) == Some(&4);
    let warn = (letter == 'b' || letter == 'g') && (daily || level == 2 || level == 3);
    Line { letter, score, level, uncounted, daily, warn }
}

fn points(number: u8, option: u8) -> u8 {
    let row = match number {
        2 => [0, 2, 3, 4, 6],
        3 => [0, 3, 4, 5, 6],
        4 => [0, 4, 5, 6, 7],
        5 => [0, 5, 6, 7, 8],
        _ => [0, 6, 3, 99, 99],
    };
    row[usize::from(option)]
}

fn level(letter: char, score: u8) -> u8 {
    match (letter, score) {
        ('b', 0..=10) | (_, 0..=3) => 1,
        (_, 4..=26) => 2,
        _ => 3,
    }
}

fn injecting(form: &Form) -> &'static str {
    match (form.get(&(8, '?')), form.get(&(8, 'n'))) {
        (None, _) => "not asked",
        (Some(0), _) => "never",
        (Some(2), _) => "earlier",
        (Some(&(DECLINED | UNSURE)), _) => "undisclosed 8",
        (_, Some(1)) => "more than four days",
        _ => "few days",
    }
}
