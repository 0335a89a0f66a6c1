//! The paper form of the built site, filled in as its printed instructions say, gives for every legal
//! answer vector the score, the band and the next step of `screening`, and asks for the same questions.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod form;
mod lay;

use bersinar::content::{Held, read};
use bersinar::emit::{Memory, Site};
use bersinar::pipeline::{Options, build};
use form::{Asked, Form, Group, numbers, quotes, shown};
use island::{PaperWord, Word};
use screening::{
    Answer, Answers, Band, Question, SUBSTANCES, Step, Substance, due_steps, first_open, outcome,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A mark on paper: an option by its place, or a question left blank.
type Mark = Option<usize>;
/// The marks of one group: number of the question → mark, for those that are asked.
type Marks = BTreeMap<u8, Mark>;

/// Whether a person leaves questions blank.
#[derive(Clone, Copy, PartialEq)]
enum Blanks {
    None,
    Anywhere,
}

const LANGUAGES: [&str; 2] = ["id", "en"];

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let memory = Memory::default();
    build(&read(lay::repository(), Held::ButPages).unwrap(), &options, &memory).unwrap();
    memory.into_site()
});

/// The sealed page in a language.
fn page(lang: &str) -> &'static str {
    let path = if lang == "id" { "cek/index.html" } else { "en/cek/index.html" };
    std::str::from_utf8(&SITE[path]).unwrap()
}

/// The wording of the screening in a language.
static WORDING: LazyLock<BTreeMap<&str, toml::Table>> = LazyLock::new(|| {
    let read = |lang| {
        let path = lay::repository().join(format!("content/data/skrining.{lang}.toml"));
        toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    LANGUAGES.into_iter().map(|lang| (lang, read(lang))).collect()
});

fn text_of(lang: &str, key: &str) -> String {
    let (table, key) = key.split_once('.').unwrap();
    WORDING[lang][table][key].as_str().unwrap().to_owned()
}

/// A reader who knows nothing but the form.
struct Reader {
    form: Form,
    /// "Yes" of question 1, from the step that names it.
    yes: String,
    /// Which questions a yes opens.
    opened: Vec<u8>,
    /// "Never" of question 2, and which questions it skips.
    never: String,
    skipped: Vec<u8>,
}

impl Reader {
    /// Reads the steps by their numbers and quotes; tells what does not fit together.
    fn of(html: &str) -> Result<Self, String> {
        let form = form::read(html);
        let step = |wanted: &[u8]| {
            let found = form.steps.iter().find(|step| numbers(step) == wanted);
            found.ok_or_else(|| format!("no step speaks of {wanted:?}"))
        };
        let opening = step(&[2, 7])?;
        let skipping = form.steps.iter().find(|step| numbers(step) == [2, 3, 5]);
        let skipping = skipping.ok_or("no step skips 3 to 5")?;
        let reader = Self {
            yes: quotes(opening)[0].to_owned(),
            opened: (2..=7).collect(),
            never: quotes(skipping).first().ok_or("the skip names no answer")?.to_string(),
            skipped: (3..=5).collect(),
            form,
        };
        reader.check_notes()?;
        Ok(reader)
    }

    /// What the small print of a question says is what the steps say.
    fn check_notes(&self) -> Result<(), String> {
        for group in &self.form.groups {
            for question in &group.questions {
                let number: u8 = question.number.parse().unwrap();
                let skips = |note: &&String| quotes(note).first() == Some(&self.never.as_str());
                let notes = question.notes.iter().filter(skips);
                let told = notes.filter(|note| numbers(note) == [2]).count() == 1;
                if told != self.skipped.contains(&number) {
                    return Err(format!("{} {number}: the note on skipping", group.name));
                }
            }
        }
        Ok(())
    }

    /// The numbers of the questions that the words ask of a group after the marks so far.
    fn asked(&self, group: &Group, first: Mark, second: Mark) -> BTreeSet<u8> {
        let chosen = |number: &str, mark: Mark| -> &str {
            let question = group.questions.iter().find(|question| question.number == number);
            mark.map_or("", |option| question.unwrap().choices[option].text.as_str())
        };
        let mut asked = BTreeSet::from([1]);
        if chosen("1", first) == self.yes {
            asked.extend(&self.opened);
            if chosen("2", second) == self.never {
                asked.retain(|number| !self.skipped.contains(number));
            }
        }
        let exists = |number: &u8| group.questions.iter().any(|q| q.number == number.to_string());
        asked.into_iter().filter(exists).collect()
    }

    /// The sum that a person writes below a group.
    fn sum(group: &Group, marks: &Marks) -> u8 {
        let points = group.questions.iter().map(|question| {
            let mark = marks.get(&question.number.parse().unwrap()).copied().flatten();
            mark.and_then(|option| question.choices[option].points).unwrap_or(0)
        });
        points.sum()
    }

    /// The name of the band that the tables give for a sum.
    fn band(&self, group: &Group, sum: u8) -> Result<&str, String> {
        let own = self.form.bands.iter().find(|bands| bands.label == group.name);
        let bands = own.unwrap_or(self.form.bands.last().unwrap());
        let row = bands.rows.iter().find(|(range, _)| range.contains(&sum));
        row.map(|(_, name)| name.as_str()).ok_or_else(|| format!("{}: no band {sum}", group.name))
    }

    /// The names of the bands, low to high.
    fn band_names(&self) -> Vec<&str> {
        self.form.bands[0].rows.iter().map(|(_, name)| name.as_str()).collect()
    }

    /// The place of the band that the rule on injecting asks for at least: 0 where it asks for none.
    fn injecting_band(&self, chosen: &[&str]) -> usize {
        let names = self.band_names();
        let rule = self.form.rules.iter().find(|rule| {
            rule.matches('.').count() == 2 && names.iter().any(|name| rule.contains(name))
        });
        let sentences = rule.map_or("", String::as_str).to_lowercase();
        let applying = sentences.split('.').filter(|sentence| {
            chosen.iter().any(|option| !option.is_empty() && sentence.contains(&bare(option)))
        });
        let found = applying.filter_map(|s| names.iter().position(|name| s.contains(name)));
        found.max().unwrap_or(0)
    }

    /// The text of the next step for the bands of the groups, by their names, and for injecting.
    fn follow_up(&self, bands: &[(&str, usize)], injecting: &[&str]) -> &str {
        let (title, text) = self.form.follow_ups.last().unwrap();
        let above: Vec<&str> =
            bands.iter().filter(|(_, band)| *band > 0).map(|(name, _)| *name).collect();
        let named = |name: &&str| title.to_lowercase().contains(&name.to_lowercase());
        let is_barred = |option: &&str| {
            let last = text.trim_end_matches('.').rsplit(". ").next().unwrap().to_lowercase();
            !option.is_empty() && last.contains(&bare(option))
        };
        if !above.is_empty() && above.iter().all(named) && !injecting.iter().any(is_barred) {
            return text;
        }
        let highest = bands.iter().map(|(_, band)| *band).max().unwrap_or(0);
        let highest = highest.max(self.injecting_band(injecting));
        let name = self.band_names()[highest];
        &self.form.follow_ups.iter().find(|(title, _)| title == name).unwrap().1
    }
}

/// "Ya, dalam tiga bulan terakhir" → "dalam tiga bulan terakhir".
fn bare(option: &str) -> String {
    let option = option.to_lowercase();
    option.split_once(", ").map_or(option.clone(), |(_, rest)| rest.to_owned())
}

fn group_of(form: &Form, substance: Substance) -> &Group {
    &form.groups[substance as usize]
}

/// Every way to mark a group after "yes": every option and, if asked for, blanks.
fn every_vector(reader: &Reader, group: &Group, blanks: Blanks) -> Vec<Marks> {
    let marks_of = |number: u8| -> Vec<Mark> {
        let question = group.questions.iter().find(|q| q.number == number.to_string()).unwrap();
        let options = (0..question.choices.len()).map(Some);
        options.chain((blanks == Blanks::Anywhere).then_some(None)).collect()
    };
    let mut vectors: Vec<Marks> = vec![Marks::from([(1, Some(1))])];
    for number in 2..=7 {
        let mut longer = Vec::new();
        for vector in vectors {
            let second = vector.get(&2).copied().flatten();
            if reader.asked(group, Some(1), second).contains(&number) {
                longer.extend(marks_of(number).into_iter().map(|mark| {
                    let mut more = vector.clone();
                    more.insert(number, mark);
                    more
                }));
            } else {
                longer.push(vector);
            }
        }
        vectors = longer;
    }
    vectors
}

fn answer(mark: Mark) -> Answer {
    mark.map_or(Answer::Declined, |option| Answer::Option(u8::try_from(option).unwrap()))
}

/// Question 1 for all groups, with one yes.
fn only(substance: Substance) -> Answers {
    SUBSTANCES.into_iter().fold(Answers::none(), |answers, each| {
        let yes = Answer::Option(u8::from(each == substance));
        answers.with(Step::Item(Question::Ever, each), yes).unwrap()
    })
}

fn filled(mut answers: Answers, substance: Substance, marks: &Marks) -> Result<Answers, String> {
    for question in Question::ALL {
        if let Some(mark) = marks.get(&question.number()) {
            let step = Step::Item(question, substance);
            answers = answers.with(step, answer(*mark)).map_err(|refusal| refusal.to_string())?;
        }
    }
    Ok(answers)
}

/// Fills in every vector of every group; tells the first difference.
fn compare(html: &str, lang: &str, blanks: Blanks) -> Result<BTreeMap<char, usize>, String> {
    let reader = Reader::of(html)?;
    let names = [Band::Low, Band::Moderate, Band::High].map(Word::band);
    let names = names.map(|word| text_of(lang, word.key()));
    let mut counts = BTreeMap::new();
    // With blanks there are many more ways: one group of each kind stands for all.
    let all = blanks == Blanks::None;
    for substance in SUBSTANCES.into_iter().filter(|s| all || (*s as usize) < 3) {
        let group = group_of(&reader.form, substance);
        if group.highest != substance.highest_score() {
            return Err(format!("{}: the highest score", group.name));
        }
        let start = only(substance);
        let vectors = every_vector(&reader, group, blanks);
        for marks in &vectors {
            let told = |what: &str| format!("{} {marks:?}: {what}", group.name);
            let answers = filled(start, substance, marks).map_err(|refusal| told(&refusal))?;
            let answers = answers.with(Step::Injecting, Answer::Option(0)).unwrap();
            if first_open(&answers).is_some() {
                return Err(told("a question is not asked on paper"));
            }
            let result = outcome(&answers).unwrap().results[0];
            let sum = Reader::sum(group, marks);
            if sum != result.score {
                return Err(told(&format!("{sum} on paper, {} in truth", result.score)));
            }
            let band = reader.band(group, sum)?;
            if band != names[result.band as usize] {
                return Err(told(&format!("{band} on paper, {:?} in truth", result.band)));
            }
        }
        counts.insert(char::from(b'a' + substance as u8), vectors.len());
    }
    Ok(counts)
}

#[test]
fn every_legal_vector_added_up_on_paper_is_the_score_and_the_band() {
    for lang in LANGUAGES {
        let counts = compare(page(lang), lang, Blanks::None).unwrap();
        let expected = ('a'..='j').map(|id| (id, if id == 'a' { 909 } else { 4509 }));
        assert_eq!(counts, expected.collect(), "{lang}");
    }
}

#[test]
fn a_question_left_blank_adds_nothing_and_asks_the_same() {
    let counts = compare(page("id"), "id", Blanks::Anywhere).unwrap();
    // Never: 4 × 4. Else 5 ways for question 2, 6 for each of 3 to 5, 4 for each of 6 and 7.
    let expected = ('a'..='c').map(|id| {
        let used = if id == 'a' { 5 * 6 * 6 * 16 } else { 5 * 6 * 6 * 6 * 16 };
        (id, 16 + used)
    });
    assert_eq!(counts, expected.collect());
}

#[test]
fn what_the_style_counts_is_what_is_printed() {
    for lang in LANGUAGES {
        let html = page(lang);
        for group in form::read(html).groups {
            for choice in group.questions.iter().flat_map(|question| &question.choices) {
                assert_eq!(choice.counted, choice.points, "{} {}", group.name, choice.id);
                let rule = choice.points.filter(|points| *points > 0).map(|points| {
                    format!("[value=\"{points}\"]:checked {{ counter-increment: s {points} }}")
                });
                assert!(rule.is_none_or(|rule| html.contains(&rule)), "{}", choice.id);
            }
        }
    }
}

/// The ids of the first options of the questions that a page shows, without their last digit.
fn questions_shown(html: &str, ticked: &[&str]) -> BTreeSet<String> {
    shown(html, ticked).iter().filter_map(|id| id.strip_suffix('1')).map(str::to_owned).collect()
}

/// What the style shows after every answer to questions 1 and 2 is what words and plan ask for.
fn compare_shown(html: &str) -> Result<(), String> {
    let reader = Reader::of(html)?;
    for first in [None, Some(0), Some(1)] {
        for second in [None, Some(0), Some(1), Some(2), Some(3), Some(4)] {
            let ids = 'a'..='j';
            let ticked: Vec<String> = ids
                .flat_map(|id| {
                    let first = first.map(|option| format!("{id}1{}", option + 1));
                    let second = second.map(|option| format!("{id}2{}", option + 1));
                    first.into_iter().chain(second)
                })
                .collect();
            let seen =
                questions_shown(html, &ticked.iter().map(String::as_str).collect::<Vec<_>>());
            for substance in SUBSTANCES {
                let id = char::from(b'a' + substance as u8);
                let group = group_of(&reader.form, substance);
                let told: BTreeSet<String> = reader
                    .asked(group, first, second)
                    .iter()
                    .map(|number| format!("{id}{number}"))
                    .collect();
                let own = seen.iter().filter(|question| question.starts_with(id)).cloned();
                let own: BTreeSet<String> = own.collect();
                let due = due_ids(substance, first, second);
                if own != told || told != due {
                    return Err(format!("{id} {first:?} {second:?}: {own:?}, {told:?}, {due:?}"));
                }
            }
        }
    }
    Ok(())
}

/// The questions that the plan asks of one group.
fn due_ids(substance: Substance, first: Mark, second: Mark) -> BTreeSet<String> {
    let mut answers = Answers::none();
    answers = answers.with(Step::Item(Question::Ever, substance), answer(first)).unwrap();
    if let Ok(more) = answers.with(Step::Item(Question::Frequency, substance), answer(second)) {
        answers = more;
    }
    let id = char::from(b'a' + substance as u8);
    let due = due_steps(&answers).filter_map(|step| match step {
        Step::Item(question, of) if of == substance => Some(format!("{id}{}", question.number())),
        _ => None,
    });
    due.collect()
}

#[test]
fn what_is_shown_without_scripts_is_what_is_asked() {
    for lang in LANGUAGES {
        compare_shown(page(lang)).unwrap();
        assert_eq!(form::hiding_selectors(page(lang)).len(), 4);
    }
}

#[test]
fn everything_is_shown_where_a_person_asks_for_it() {
    let html = page("id");
    let all = form::read(html);
    let count = all.groups.iter().map(|group| group.questions.len()).sum::<usize>() + 2;
    assert_eq!(questions_shown(html, &["semua", "a11", "b12", "b21"]).len(), count);
}

#[test]
fn question_8_is_asked_after_any_yes_and_its_days_after_the_last_three_months() {
    for lang in LANGUAGES {
        let (html, form) = (page(lang), form::read(page(lang)));
        let of = |ticked: &[&str]| {
            let all = questions_shown(html, ticked);
            ["q8", "q8b"].map(|question| all.contains(question))
        };
        assert_eq!(of(&[]), [false, false]);
        assert_eq!(of(&["a11", "j11"]), [false, false]);
        for id in 'a'..='j' {
            assert_eq!(of(&[&format!("{id}12")]), [true, false], "{id}");
        }
        assert_eq!(of(&["j12", "q81"]), [true, false]);
        assert_eq!(of(&["j12", "q82"]), [true, true]);
        assert_eq!(of(&["j12", "q83"]), [true, false]);
        let step = form.steps.iter().find(|step| numbers(step) == [1, 8]).unwrap();
        assert_eq!(quotes(step), [form.groups[0].questions[0].choices[1].text.as_str()]);
        let [first, days] = form.injecting.as_slice() else { panic!("two questions") };
        assert_eq!([first.number.as_str(), days.number.as_str()], ["8", "8b"]);
        let named: Vec<&str> = days.notes.iter().flat_map(|note| quotes(note)).collect();
        assert_eq!(named, [first.choices[1].text.as_str()]);
    }
}

/// Numbers that look drawn by lot and are the same in every run.
struct Lot(u64);

impl Lot {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// A whole person on paper, drawn by lot: sums, bands, injecting and the next step.
fn compare_person(reader: &Reader, lang: &str, lot: &mut Lot) -> Result<(), String> {
    let mut answers = Answers::none();
    let mut bands: Vec<(&str, usize)> = Vec::new();
    let names = reader.band_names();
    let often = lot.below(6) + 1;
    for substance in SUBSTANCES {
        let group = group_of(&reader.form, substance);
        let mut marks = Marks::from([(1, Some(usize::from(lot.below(6) < often)))]);
        for number in 2..=7 {
            let second = marks.get(&2).copied().flatten();
            if reader.asked(group, marks[&1], second).contains(&number) {
                let asked = group.questions.iter().find(|q| q.number == number.to_string());
                let mark =
                    if lot.below(3) == 0 { lot.below(asked.unwrap().choices.len()) } else { 0 };
                marks.insert(number, Some(mark));
            }
        }
        answers = filled(answers, substance, &marks)?;
        if marks[&1] == Some(1) {
            let name = reader.band(group, Reader::sum(group, &marks))?;
            bands.push((&group.name, names.iter().position(|known| *known == name).unwrap()));
        }
    }
    let chosen = inject(reader, &mut answers, lot);
    let truth = outcome(&answers).map_err(|refusal| refusal.to_string())?;
    let highest = bands.iter().map(|(_, band)| *band).max().unwrap_or(0);
    let highest = highest.max(reader.injecting_band(&chosen));
    let expected = text_of(lang, Word::follow_up(truth.follow_up).key());
    let step = reader.follow_up(&bands, &chosen);
    if highest != truth.highest as usize || !step.starts_with(&expected) {
        return Err(format!("{bands:?} {chosen:?}: {highest} {step} on paper, {truth:?}"));
    }
    Ok(())
}

/// Question 8 and its days, where they are asked: the texts of the options chosen.
fn inject<'a>(reader: &'a Reader, answers: &mut Answers, lot: &mut Lot) -> Vec<&'a str> {
    let steps = [Step::Injecting, Step::InjectingDays];
    let mut chosen = Vec::new();
    for (step, asked) in steps.into_iter().zip(&reader.form.injecting) {
        let asked: &Asked = asked;
        let option = lot.below(asked.choices.len());
        if let Ok(more) = answers.with(step, answer(Some(option))) {
            *answers = more;
            chosen.push(asked.choices[option].text.as_str());
        }
    }
    chosen
}

#[test]
fn whole_people_come_to_the_same_next_step_on_paper() {
    for lang in LANGUAGES {
        let reader = Reader::of(page(lang)).unwrap();
        let words = [PaperWord::InjectingRule, PaperWord::HighestRule, PaperWord::LegalRule];
        for text in words.map(|word| text_of(lang, word.key())) {
            let said = reader.form.rules.iter().any(|rule| rule.contains(&text));
            assert!(said, "{lang}: {text}");
        }
        let mut lot = Lot(8);
        for person in 0..3_000 {
            compare_person(&reader, lang, &mut lot)
                .unwrap_or_else(|told| panic!("{person}: {told}"));
        }
    }
}

#[test]
fn the_instructions_say_what_to_do_with_a_blank() {
    for lang in LANGUAGES {
        let steps = form::read(page(lang)).steps;
        for word in [PaperWord::HowBlank, PaperWord::HowBlankFirst, PaperWord::HowBlankSecond] {
            assert!(steps.contains(&text_of(lang, word.key())), "{lang} {word:?}");
        }
        let second = text_of(lang, PaperWord::HowBlankSecond.key());
        assert!(quotes(&second).is_empty() && numbers(&second) == [2, 3, 5]);
    }
}

#[test]
fn a_wrong_form_is_found_out() {
    let html = page("id");
    let wrong = |from: &str, to: &str| {
        assert!(html.contains(from), "{from}");
        html.replacen(from, to, 1)
    };
    for (from, to) in [
        ("<b>7 poin</b>", "<b>6 poin</b>"),
        ("<b>0 poin</b>", "<b>1 poin</b>"),
        ("11–26", "11–25"),
        ("4–26", "5–26"),
        ("dari 31", "dari 39"),
        ("“Ya”, jawab pertanyaan 2 sampai 7", "“Ya”, jawab pertanyaan 2 sampai 6"),
        ("Lewati bila jawaban nomor 2 “Tidak pernah”.", ""),
        ("lewati pertanyaan 3 sampai 5", "lewati pertanyaan 3 sampai 4"),
    ] {
        assert!(compare(&wrong(from, to), "id", Blanks::None).is_err(), "{from} → {to}");
    }
    for (from, to) in [("class=\"tak\"", ""), ("class=\"ya\"", ""), (".tak:checked ~ div {", "x {")]
    {
        assert!(compare_shown(&wrong(from, to)).is_err(), "{from} → {to}");
    }
    for (from, to) in [
        ("paling sedikit sebagai risiko menengah", "paling sedikit sebagai risiko tinggi"),
        ("Lebih dari empat hari sebulan dibaca", "Empat hari atau kurang dibaca"),
        ("tidak berlaku bila Anda menyuntik dalam tiga bulan terakhir", "selalu berlaku"),
    ] {
        let reader = Reader::of(&wrong(from, to)).unwrap();
        let mut lot = Lot(8);
        let told = (0..3_000).any(|_| compare_person(&reader, "id", &mut lot).is_err());
        assert!(told, "{from} → {to}");
    }
}
