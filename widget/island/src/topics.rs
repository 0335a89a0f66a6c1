//! What a person may want to know of an office before coming. The names of the topics are words of the
//! content; here stand only their keys and their order.

/// What an office can be asked about itself, in the order in which it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topic {
    /// `jam`: opening hours, as a sentence; [`crate::Hours`] are the same as times.
    #[default]
    Hours,
    /// `janji`: whether one can just come or has to make an appointment.
    Appointment,
    /// `tunggu`: the usual days until the first talk.
    Wait,
    /// `penjawab`: who answers.
    WhoAnswers,
    /// `kalimat`: the first sentence to say.
    FirstSentence,
    /// `ditanya`: what they ask.
    Asked,
    /// `saat_datang`: what happens when one comes.
    OnArrival,
    /// `surat`: which papers are asked for.
    Papers,
    /// `biaya`: cost.
    Cost,
    /// `dicatat`: what is recorded.
    Recorded,
    /// `ditangkap`: whether one can be arrested for coming.
    Arrest,
}

impl Topic {
    /// Every topic, in the order in which it is shown. An island names a topic by its place here.
    pub const ALL: [Self; 11] = [
        Self::Hours,
        Self::Appointment,
        Self::Wait,
        Self::WhoAnswers,
        Self::FirstSentence,
        Self::Asked,
        Self::OnArrival,
        Self::Papers,
        Self::Cost,
        Self::Recorded,
        Self::Arrest,
    ];

    /// The word for the topic in the front matter of an office and in the files of words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Hours => "jam",
            Self::Appointment => "janji",
            Self::Wait => "tunggu",
            Self::WhoAnswers => "penjawab",
            Self::FirstSentence => "kalimat",
            Self::Asked => "ditanya",
            Self::OnArrival => "saat_datang",
            Self::Papers => "surat",
            Self::Cost => "biaya",
            Self::Recorded => "dicatat",
            Self::Arrest => "ditangkap",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_topic_is_its_place() {
        for (place, topic) in Topic::ALL.into_iter().enumerate() {
            assert_eq!(topic as usize, place);
            assert!(Topic::ALL.iter().all(|other| *other == topic || other.key() != topic.key()));
        }
    }
}
