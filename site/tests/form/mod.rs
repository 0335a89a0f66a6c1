//! A built page → the paper form as a person reads it: questions, options with their points, the
//! instructions, the bands, the rule on injecting, the next steps, and what its style hides.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// One option: what stands beside it.
#[derive(Debug)]
pub struct Choice {
    pub id: String,
    pub text: String,
    /// The points printed beside it, where there are any.
    pub points: Option<u8>,
    /// The points that the style adds up.
    pub counted: Option<u8>,
}

#[derive(Debug)]
pub struct Asked {
    pub number: String,
    /// The small print under the question.
    pub notes: Vec<String>,
    pub choices: Vec<Choice>,
}

#[derive(Debug)]
pub struct Group {
    pub name: String,
    /// The highest score that is printed beside the line for the sum.
    pub highest: u8,
    pub questions: Vec<Asked>,
}

/// The bands of the groups that a table names.
#[derive(Debug)]
pub struct Bands {
    pub label: String,
    /// First and last score, and the band's name.
    pub rows: Vec<(RangeInclusive<u8>, String)>,
}

/// The whole form.
#[derive(Debug)]
pub struct Form {
    /// The steps of "how to fill it in".
    pub steps: Vec<String>,
    pub groups: Vec<Group>,
    pub injecting: Vec<Asked>,
    pub bands: Vec<Bands>,
    /// The paragraphs under the bands.
    pub rules: Vec<String>,
    /// The next steps: title and text.
    pub follow_ups: Vec<(String, String)>,
}

/// Reads the form of a page.
pub fn read(html: &str) -> Form {
    let document = Html::parse_document(html);
    let sections = all(&document, ".formulir > .kelompok");
    let (injecting, groups): (Vec<_>, Vec<_>) =
        sections.into_iter().partition(|section| section.attr("class").unwrap().contains("suntik"));
    Form {
        steps: texts(&document, "#kertas .langkah > li"),
        groups: groups.into_iter().map(group).collect(),
        injecting: injecting.into_iter().flat_map(questions).collect(),
        bands: all(&document, ".hasil table:has(caption)").into_iter().map(bands).collect(),
        rules: texts(&document, ".hasil > p"),
        follow_ups: texts(&document, ".hasil > h3")
            .into_iter()
            .zip(texts(&document, ".hasil > h3 + p"))
            .collect(),
    }
}

fn group(section: ElementRef) -> Group {
    let sum = text(within(section, ".jumlah")[0]);
    Group {
        name: text(within(section, "h2")[0]),
        highest: *numbers(&sum).last().unwrap(),
        questions: questions(section),
    }
}

fn questions(section: ElementRef) -> Vec<Asked> {
    within(section, "fieldset").into_iter().map(asked).collect()
}

fn asked(fieldset: ElementRef) -> Asked {
    let own = |name: &str| -> Vec<ElementRef> {
        let children = fieldset.children().filter_map(ElementRef::wrap);
        children.filter(|child| child.value().name() == name).collect()
    };
    let legend = own("legend")[0];
    let choices = own("input").into_iter().zip(own("label")).map(|(input, label)| {
        assert_eq!(input.attr("id"), label.attr("for"), "a label names its radio");
        let printed = within(label, "b").first().map(|points| numbers(&text(*points))[0]);
        let whole = text(label);
        let points = within(label, "b").first().map(|points| text(*points)).unwrap_or_default();
        Choice {
            id: input.attr("id").unwrap().to_owned(),
            text: whole.strip_suffix(&points).unwrap().trim().to_owned(),
            points: printed,
            counted: input.attr("value").map(|value| value.parse().unwrap()),
        }
    });
    Asked {
        number: text(within(legend, "b")[0]).trim_end_matches('.').to_owned(),
        notes: within(legend, "small").into_iter().map(text).collect(),
        choices: choices.collect(),
    }
}

fn bands(table: ElementRef) -> Bands {
    let row = |row: ElementRef| {
        let ends = numbers(&text(within(row, "th")[0]));
        (ends[0]..=ends[1], text(within(row, "td b")[0]))
    };
    Bands {
        label: text(within(table, "caption")[0]),
        rows: within(table, "tbody tr").into_iter().map(row).collect(),
    }
}

/// The options that questions hold, of which those are shown after some options were ticked: by their
/// ids. A question is told by its first option.
pub fn shown(html: &str, ticked: &[&str]) -> BTreeSet<String> {
    // Only the form is parsed, because the page around it carries the widget's code.
    let form = &html[html.find("<form").unwrap()..html.find("</form>").unwrap()];
    let marked = ticked.iter().fold(form.to_owned(), |html, id| {
        html.replacen(&format!("id=\"{id}\""), &format!("id=\"{id}\" checked=\"\""), 1)
    });
    let document = Html::parse_document(&marked);
    let hidden: BTreeSet<_> = hiding_selectors(html)
        .iter()
        .flat_map(|selector| all(&document, selector))
        .map(|element| element.id())
        .collect();
    let is_shown = |element: &ElementRef| {
        !hidden.contains(&element.id())
            && element.ancestors().all(|ancestor| !hidden.contains(&ancestor.id()))
    };
    let radios = all(&document, ".formulir input[type=radio]");
    radios.into_iter().filter(is_shown).map(|radio| radio.attr("id").unwrap().to_owned()).collect()
}

/// The selectors of the style that hide something of the form on a screen. The ticked state becomes
/// an attribute, because a parsed page has no state.
pub fn hiding_selectors(html: &str) -> Vec<String> {
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let screens = style.split("@media screen {").skip(1).map(block);
    let rules = screens.flat_map(|screen| screen.split('}').collect::<Vec<_>>());
    rules
        .filter_map(|rule| rule.split_once('{'))
        .filter(|(_, body)| body.contains("display: none"))
        .filter(|(selector, _)| selector.contains(":checked"))
        .map(|(selector, _)| selector.rsplit("*/").next().unwrap().trim())
        // The cover of the quick exit hides the whole page, not questions.
        .filter(|selector| !selector.starts_with(".tertutup"))
        .map(|selector| selector.replace(":checked", "[checked]"))
        .collect()
}

/// What stands up to the brace that closes what was opened before.
fn block(text: &str) -> &str {
    let mut depth = 1;
    let end = text.find(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0
    });
    &text[..end.unwrap()]
}

/// The numbers in a text, in order.
pub fn numbers(text: &str) -> Vec<u8> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.map(|digits| digits.parse().unwrap()).collect()
}

/// What stands between curly quotes, in order.
pub fn quotes(text: &str) -> Vec<&str> {
    text.split('“').skip(1).map(|rest| rest.split('”').next().unwrap()).collect()
}

fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).unwrap()).collect()
}

fn within<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).unwrap()).collect()
}

fn texts(document: &Html, selector: &str) -> Vec<String> {
    all(document, selector).into_iter().map(text).collect()
}

fn text(element: ElementRef) -> String {
    let words = element.text().collect::<String>();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
