//! `[keterangan]` → what an office or facility has answered, topic by topic.

use super::At;
use super::fields::{Fields, Told};
use super::front::{AS_OF, source};
use crate::value::AsOf;
use island::Topic;

/// An answer, with its proof.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What is told by a key of its own, where the topic has one.
    pub detail: Option<Detail>,
    /// `teks`; none only beside a detail that says enough.
    pub text: Option<Told>,
    /// `per`
    pub as_of: At<AsOf>,
    /// `sumber`
    pub source: At<String>,
}

/// What is told by a key of its own, so that it is shown in the same words everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// `hari` of `tunggu`: the usual days until the first talk; 0 is the same day.
    Wait(u8),
    /// `pilihan` of `janji`
    Coming(Coming),
    /// `oleh` of `ditangkap`: a promise is somebody's, by role, and no immunity.
    SignedBy(Signer),
}

/// Whether one can just come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    /// `langsung`: without an appointment.
    Directly,
    /// `janji`: with an appointment only.
    ByAppointment,
    /// `keduanya`: either way.
    EitherWay,
}

impl Coming {
    const ALL: [Self; 3] = [Self::Directly, Self::ByAppointment, Self::EitherWay];

    /// The word in the front matter and in the files of words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Directly => "langsung",
            Self::ByAppointment => "janji",
            Self::EitherWay => "keduanya",
        }
    }
}

/// Whose statement it is: a role, since whoever holds it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    /// `kepala`: who leads the office.
    Head,
    /// `rehabilitasi`: who leads its rehabilitation.
    Rehabilitation,
    /// `humas`: its public relations.
    PublicRelations,
}

impl Signer {
    const ALL: [Self; 3] = [Self::Head, Self::Rehabilitation, Self::PublicRelations];

    /// The word in the front matter and in the files of words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Head => "kepala",
            Self::Rehabilitation => "rehabilitasi",
            Self::PublicRelations => "humas",
        }
    }
}

/// Reads every topic that has been answered, in the order of [`Topic::ALL`].
pub(super) fn statements(fields: &Fields) -> Vec<(Topic, Statement)> {
    let Some(table) = fields.table("keterangan") else { return Vec::new() };
    let answered = Topic::ALL.into_iter().filter_map(|topic| {
        let answer = table.table(topic.key())?;
        Some((topic, statement(&answer, topic)?))
    });
    let statements = answered.collect();
    table.finish();
    statements
}

fn statement(fields: &Fields, topic: Topic) -> Option<Statement> {
    let detail = detail(fields, topic);
    let text = match topic {
        Topic::Wait | Topic::Appointment => fields.told_if_any("teks"),
        _ => fields.told("teks"),
    };
    let as_of = fields.parsed("per", AS_OF, AsOf::parse);
    let source = source(fields);
    fields.finish();
    Some(Statement { detail, text, as_of: as_of?, source: source? })
}

fn detail(fields: &Fields, topic: Topic) -> Option<Detail> {
    match topic {
        Topic::Wait => fields.number("hari").map(|days| Detail::Wait(days.value)),
        Topic::Appointment => {
            let ways = Coming::ALL.map(|way| (way.key(), way));
            fields.choice("pilihan", &ways).map(|way| Detail::Coming(way.value))
        }
        Topic::Arrest => {
            let signers = Signer::ALL.map(|signer| (signer.key(), signer));
            fields.choice("oleh", &signers).map(|signer| Detail::SignedBy(signer.value))
        }
        _ => None,
    }
}
