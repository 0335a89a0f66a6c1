//! The words of the screening: one list of keys for the generator that checks them and shows them
//! on the paper form, and for the widget that shows them on its screens.
//!
//! Absent on purpose: any sentence. The sentences stand in `content/data/skrining.id.toml`.

use screening::Step;

/// Makes a list of words and their keys. The placeholders of a text stand behind its key.
macro_rules! words {
    (
        $(#[$doc:meta])*
        $list:ident;
        $($name:ident = $key:literal $({$($placeholder:literal),*})?;)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the key beside each name says what the text is")]
        pub enum $list { $($name),* }

        impl $list {
            /// Every word, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The dotted key in the wording file: table, then name.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// The placeholders, written `{so}`, that the text must contain, and no others.
            #[must_use]
            pub fn placeholders(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($($placeholder),*)?]),* }
            }
        }
    };
}

words! {
    /// A text of the screening, named for its place. All of them travel in the island.
    Word;

    OpenTitle = "buka.judul";
    OpenLead = "buka.pengantar";
    OpenTime = "buka.lama";
    OpenNotTitle = "buka.bukan_judul";
    OpenNotDiagnosis = "buka.bukan_diagnosis";
    OpenNotValidated = "buka.bukan_divalidasi";
    OpenNotMinors = "buka.bukan_anak";
    OpenPrivateTitle = "buka.rahasia_judul";
    OpenPrivate = "buka.rahasia";
    OpenNotStored = "buka.tidak_disimpan";
    OpenTraces = "buka.jejak";
    OpenLeave = "buka.keluar";
    OpenIdle = "buka.diam" {"menit"};
    OpenEmergency = "buka.darurat";
    Start = "buka.mulai";
    OtherWaysTitle = "buka.cara_judul";
    ForSomeoneElse = "buka.orang_lain";
    WithHelper = "buka.bersama";
    LinkMethod = "tautan.metode";
    LinkPrivacy = "tautan.privasi";
    LinkEmergency = "tautan.darurat";
    LinkFinder = "tautan.cari";
    LinkFamilies = "tautan.keluarga";
    LinkHome = "tautan.beranda";

    TitleStep = "judul.langkah" {"nomor", "jumlah"};
    TitleLater = "judul.lanjut";

    IdleTitle = "diam.judul";
    IdleText = "diam.isi";
    IdleStay = "diam.tetap";

    OtherTitle = "lain.judul";
    OtherLead = "lain.pengantar";
    OtherTalkTitle = "lain.bicara_judul";
    OtherTalkTime = "lain.bicara_waktu";
    OtherTalkSee = "lain.bicara_lihat";
    OtherTalkListen = "lain.bicara_dengar";
    OtherTalkOffer = "lain.bicara_tawar";
    OtherTalkNever = "lain.bicara_jangan";
    OtherGo = "lain.bertanya";

    HelperTitle = "damping.judul";
    HelperLead = "damping.pengantar";
    HelperExplain = "damping.jelaskan";
    HelperAsk = "damping.tanya";
    HelperDistance = "damping.jauh";
    HelperRead = "damping.baca";
    HelperReady = "damping.siap";
    HandOverTitle = "damping.serah_judul";
    HandOverText = "damping.serah_isi";
    HandOverLeave = "damping.serah_keluar";
    HandOverStart = "damping.serah_mulai";
    HandBack = "damping.kembali";
    HandBackText = "damping.kembali_isi";
    HandBackShow = "damping.kembali_tunjuk";
    CallTogetherTitle = "damping.telepon_judul";
    CallTogether = "damping.telepon";
    SummaryTitle = "damping.ringkasan_judul";
    SummaryLines = "damping.ringkasan_garis";

    AgeTitle = "usia.judul";
    AgeHint = "usia.petunjuk";
    AgeAdult = "usia.dewasa";
    AgeMinor = "usia.muda";

    MinorTitle = "muda.judul";
    MinorLead = "muda.isi";
    MinorRoutesTitle = "muda.jalan_judul";
    MinorRouteAdult = "muda.jalan_dewasa";
    MinorRouteClinic = "muda.jalan_puskesmas";
    MinorRouteAsk = "muda.jalan_tanya";

    Next = "tombol.lanjut";
    Back = "tombol.kembali";
    ToResult = "tombol.hasil";
    ToAnswers = "tombol.jawaban";
    Change = "tombol.ubah";
    Print = "tombol.cetak";
    Restart = "tombol.ulang";

    FaultTitle = "galat.judul";
    FaultNothingChosen = "galat.pilih";

    Progress = "langkah.nomor" {"nomor", "jumlah"};
    WindowLifetime = "langkah.seumur_hidup";
    WindowThreeMonths = "langkah.tiga_bulan";
    AboutInjecting = "langkah.suntik";

    QuestionEver = "pertanyaan.pernah" {"memakai"};
    QuestionFrequency = "pertanyaan.sering" {"memakai"};
    QuestionUrge = "pertanyaan.keinginan" {"memakai"};
    QuestionProblems = "pertanyaan.masalah" {"memakai"};
    QuestionDuties = "pertanyaan.tugas" {"memakai"};
    QuestionConcern = "pertanyaan.khawatir" {"memakai"};
    QuestionCutDown = "pertanyaan.berhenti" {"memakai"};
    QuestionInjecting = "pertanyaan.suntik";
    QuestionInjectingDays = "pertanyaan.suntik_hari";

    HintEver = "petunjuk.pernah";
    HintFrequency = "petunjuk.sering";
    HintUrge = "petunjuk.keinginan";
    HintProblems = "petunjuk.masalah";
    HintDuties = "petunjuk.tugas";
    HintConcern = "petunjuk.khawatir";
    HintCutDown = "petunjuk.berhenti";
    HintInjecting = "petunjuk.suntik";
    HintInjectingDays = "petunjuk.suntik_hari";

    ShortEver = "ringkas.pernah";
    ShortFrequency = "ringkas.sering";
    ShortUrge = "ringkas.keinginan";
    ShortProblems = "ringkas.masalah";
    ShortDuties = "ringkas.tugas";
    ShortConcern = "ringkas.khawatir";
    ShortCutDown = "ringkas.berhenti";
    ShortInjecting = "ringkas.suntik";
    ShortInjectingDays = "ringkas.suntik_hari";

    OptionNo = "pilihan.tidak";
    OptionYes = "pilihan.ya";
    OptionNever = "pilihan.tidak_pernah";
    OptionOnceTwice = "pilihan.satu_dua";
    OptionMonthly = "pilihan.bulanan";
    OptionWeekly = "pilihan.mingguan";
    OptionDaily = "pilihan.harian";
    OptionNoNever = "pilihan.belum_pernah";
    OptionRecent = "pilihan.baru";
    OptionEarlier = "pilihan.lama";
    OptionFewDays = "pilihan.sampai_empat";
    OptionManyDays = "pilihan.lebih_empat";
    Unsure = "pilihan.tidak_yakin";
    Decline = "pilihan.tolak";
    DeclineEver = "tolak.pernah";
    DeclineScored = "tolak.skor";
    DeclineInjecting = "tolak.suntik";

    NameTobacco = "zat.tembakau";
    NameAlcohol = "zat.alkohol";
    NameCannabis = "zat.ganja";
    NameCocaine = "zat.kokain";
    NameAmphetamines = "zat.stimulan";
    NameInhalants = "zat.hirup";
    NameSedatives = "zat.penenang";
    NameHallucinogens = "zat.halusinogen";
    NameOpioids = "zat.opioid";
    NameOther = "zat.lain";
    ExamplesTobacco = "contoh.tembakau";
    ExamplesAlcohol = "contoh.alkohol";
    ExamplesCannabis = "contoh.ganja";
    ExamplesCocaine = "contoh.kokain";
    ExamplesAmphetamines = "contoh.stimulan";
    ExamplesInhalants = "contoh.hirup";
    ExamplesSedatives = "contoh.penenang";
    ExamplesHallucinogens = "contoh.halusinogen";
    ExamplesOpioids = "contoh.opioid";
    ExamplesOther = "contoh.lain";
    UsingTobacco = "memakai.tembakau";
    UsingAlcohol = "memakai.alkohol";
    UsingCannabis = "memakai.ganja";
    UsingCocaine = "memakai.kokain";
    UsingAmphetamines = "memakai.stimulan";
    UsingInhalants = "memakai.hirup";
    UsingSedatives = "memakai.penenang";
    UsingHallucinogens = "memakai.halusinogen";
    UsingOpioids = "memakai.opioid";
    UsingOther = "memakai.lain";

    CheckTitle = "periksa.judul";
    CheckLead = "periksa.petunjuk";
    CheckEver = "periksa.pernah";
    CheckInjecting = "periksa.suntik";

    ResultTitle = "hasil.judul";
    ResultHighest = "hasil.tertinggi" {"pita"};
    ResultNone = "hasil.tidak_memakai";
    ResultNoneMeaning = "hasil.tidak_memakai_arti";
    ResultNothingCounted = "hasil.tidak_terhitung";
    ResultListTitle = "hasil.daftar_judul";
    ResultScore = "hasil.skor" {"skor", "tertinggi"};
    ResultDeclined = "hasil.ditolak";
    ResultUndisclosed = "hasil.tidak_disebut" {"zat"};
    ResultInjectingDeclined = "hasil.suntik_ditolak";
    ResultMeaningTitle = "hasil.arti_judul";
    ResultNotDiagnosis = "hasil.bukan_diagnosis";
    ResultNotBands = "hasil.bukan_tingkat";
    ResultCounted = "hasil.dihitung";
    ResultHistory = "hasil.riwayat";
    ResultMethod = "hasil.metode";
    ResultNotValidated = "hasil.belum_divalidasi";
    ResultSeenTitle = "hasil.dilihat_judul";
    ResultSeen = "hasil.dilihat";
    ResultSeenService = "hasil.dilihat_layanan";
    ResultLeaves = "hasil.hilang";

    PrintAnswers = "hasil.cetak_jawaban";

    PlanMake = "rencana.buat";
    PlanTitle = "rencana.judul";
    PlanLead = "rencana.pengantar";
    PlanSheet = "rencana.lembar";
    PlanWhen = "rencana.kapan";
    PlanWhenToday = "rencana.kapan_hari_ini";
    PlanWhenTomorrow = "rencana.kapan_besok";
    PlanWhenWeek = "rencana.kapan_minggu_ini";
    PlanDoor = "rencana.pintu";
    PlanDoorPuskesmas = "rencana.pintu_puskesmas";
    PlanDoorHospital = "rencana.pintu_rumah_sakit";
    PlanDoorHelper = "rencana.pintu_agen";
    PlanDoorLine = "rencana.pintu_saluran";
    PlanCompany = "rencana.teman";
    PlanCompanyFamily = "rencana.teman_keluarga";
    PlanCompanyFriend = "rencana.teman_sahabat";
    PlanCompanyHelper = "rencana.teman_agen";
    PlanCompanyNobody = "rencana.teman_sendiri";
    PlanShame = "rencana.malu";
    PlanShameDoor = "rencana.malu_pintu";
    PlanShameCall = "rencana.malu_telepon";
    PlanShamePaper = "rencana.malu_kertas";
    PlanSilence = "rencana.sepi";
    PlanSilenceAgain = "rencana.sepi_lagi";
    PlanSilenceClinic = "rencana.sepi_puskesmas";
    PlanSilenceLine = "rencana.sepi_saluran";
    SheetWhen = "rencana.kalimat_kapan" {"pilihan"};
    SheetDoor = "rencana.kalimat_pintu" {"pilihan"};
    SheetCompany = "rencana.kalimat_teman" {"pilihan"};
    SheetShame = "rencana.kalimat_malu" {"pilihan"};
    SheetSilence = "rencana.kalimat_sepi" {"pilihan"};

    BandLow = "pita.rendah";
    BandModerate = "pita.menengah";
    BandHigh = "pita.tinggi";
    BandLowMeaning = "pita.rendah_arti";
    BandModerateMeaning = "pita.menengah_arti";
    BandHighMeaning = "pita.tinggi_arti";

    FollowTitle = "langkah_berikut.judul";
    FollowInformation = "langkah_berikut.informasi";
    FollowTalk = "langkah_berikut.bicara";
    FollowAssessment = "langkah_berikut.asesmen";
    FollowPuskesmas = "langkah_berikut.puskesmas";
    FollowContacts = "langkah_berikut.kontak";

    EmergencyTitle = "darurat.judul";
    EmergencyLead = "darurat.pengantar";
    EmergencyOpioids = "darurat.opioid";
    EmergencyStimulants = "darurat.stimulan";
    EmergencyInhalants = "darurat.hirup";
    EmergencyMethanol = "darurat.oplosan";
    EmergencyAction = "darurat.tindakan";
    EmergencyStay = "darurat.temani";
    EmergencyCall = "darurat.telepon" {"nomor"};

    StopTitle = "henti.judul";
    StopText = "henti.isi";
    StopCare = "henti.bantuan";
    InjectingTitle = "suntik.judul";
    InjectingRaises = "suntik.naik";
    InjectingShare = "suntik.alat";
    InjectingTest = "suntik.tes";
    InjectingCare = "suntik.luka";
    SuicideTitle = "pikiran.judul";
    SuicideText = "pikiran.isi";
    SuicideCare = "pikiran.tempat";
    SuicideBusy = "pikiran.sibuk";
    PregnancyTitle = "hamil.judul";
    PregnancyText = "hamil.isi";
    DrivingTitle = "kemudi.judul";
    DrivingText = "kemudi.isi";
    FamilyTitle = "keluarga.judul";
    FamilyText = "keluarga.isi";

    PlaceTitle = "tempat.judul";
    PlaceHint = "tempat.petunjuk";
    PlaceProvince = "tempat.provinsi";
    PlaceRegency = "tempat.kota";
    PlaceUnit = "tempat.unit";
    PlaceChoose = "tempat.pilih";
    PlaceMissing = "tempat.tidak_ada";
    PlaceShown = "tempat.tampil" {"wilayah"};
    PlaceUnitTitle = "tempat.unit_judul";
    PlaceOfficeTitle = "tempat.kantor_judul";
    PlaceOfficeRule = "tempat.aturan" {"pita"};
    PlaceNoContact = "tempat.tanpa_kontak";
    PlaceNoOffice = "tempat.tanpa_kantor";
    PlaceMore = "tempat.halaman";
    NationalTitle = "nasional.judul";

    BeforeTitle = "sebelum.judul" {"nama"};
    BeforeLead = "sebelum.petunjuk";
    BeforeUnanswered = "sebelum.belum_dijawab";
    AskTitle = "sebelum.tanya_judul";
    AskCost = "sebelum.tanya_biaya";
    AskPapers = "sebelum.tanya_surat";
    AskRecorded = "sebelum.tanya_dicatat";
    AskCompany = "sebelum.tanya_teman";
    AskAfter = "sebelum.tanya_sesudah";

    HoursNow = "jam.sekarang" {"pukul"};
    HoursNowTomorrow = "jam.sekarang_besok" {"pukul"};
    HoursNowLonger = "jam.sekarang_terus";
    HoursNowClosed = "jam.sekarang_tutup";
    HoursTonight = "jam.malam" {"pukul"};
    HoursTonightClosed = "jam.malam_tutup";
    HoursTomorrow = "jam.besok" {"pukul"};
    HoursTomorrowClosed = "jam.besok_tutup";
    HoursAlways = "jam.selalu";
    HoursHolidays = "jam.libur";

    BrokenTitle = "gagal.judul";
    BrokenText = "gagal.isi";
}

words! {
    /// A text that only the paper form shows, under the screens. None of them travels in the island.
    PaperWord;

    Title = "kertas.judul";
    Lead = "kertas.pengantar";
    Why = "kertas.sebab";
    HowTitle = "kertas.cara_judul";
    HowFirst = "kertas.cara_satu";
    HowSecond = "kertas.cara_dua";
    HowThird = "kertas.cara_tiga";
    HowBlank = "kertas.cara_kosong";
    HowBlankFirst = "kertas.cara_kosong_satu";
    HowBlankSecond = "kertas.cara_kosong_dua";
    HowEighth = "kertas.cara_delapan";
    HowFourth = "kertas.cara_empat";
    Age = "kertas.usia";
    Private = "kertas.rahasia";
    ShowAll = "kertas.tampil_semua";
    Points = "kertas.poin" {"poin"};
    DaysOnlyAfter = "kertas.suntik_lanjut" {"jawaban"};
    Clear = "kertas.kosongkan";
    SkipTo = "kertas.lompat";
    SumTitle = "kertas.jumlah_judul";
    SumHint = "kertas.jumlah_petunjuk";
    SumSubstance = "kertas.kolom_zat";
    SumScore = "kertas.kolom_skor";
    SumBand = "kertas.kolom_risiko";
    BandsTitle = "kertas.pita_judul";
    BandsFrom = "kertas.pita_dari" {"dari", "sampai"};
    InjectingRule = "kertas.aturan_suntik";
    Stale = "kertas.usang";
    HighestRule = "kertas.aturan_tertinggi";
    LegalRule = "kertas.aturan_legal";
    InjectingTitle = "kertas.suntik_judul";
    Serves = "kertas.melayani" {"daerah"};
    SlipTitle = "kertas.sobek_judul";
    SlipLead = "kertas.sobek_isi";
    SlipTo = "kertas.sobek_kepada";
    SlipKept = "kertas.sobek_dicatat";
    SlipWish = "kertas.sobek_mau";
    SlipName = "kertas.sobek_nama";
    SlipNumber = "kertas.sobek_nomor";
    SlipHow = "kertas.sobek_cara";
    SlipCall = "kertas.sobek_telepon";
    SlipMessage = "kertas.sobek_pesan";
    SlipMeet = "kertas.sobek_bertemu";
    SlipWhen = "kertas.sobek_kapan";
    SlipOther = "kertas.sobek_orang_lain";
    SlipHangUp = "kertas.sobek_tutup";
    SlipSay = "kertas.sobek_katakan";
    SlipNever = "kertas.sobek_jangan";
    SlipFree = "kertas.sobek_sukarela";
}

/// One text for each [`Word`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// Words from their texts in the order of [`Word::ALL`]; none where the count differs.
    #[must_use]
    pub fn from_texts(texts: Vec<String>) -> Option<Self> {
        (texts.len() == Word::ALL.len()).then_some(Self(texts))
    }

    /// The texts in the order of [`Word::ALL`].
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The text of a word.
    #[must_use]
    pub fn text(&self, word: Word) -> &str {
        self.0.get(word as usize).map_or("", String::as_str)
    }

    /// The text of a word with one placeholder, named without braces, filled in.
    #[must_use]
    pub fn filled(&self, word: Word, placeholder: &str, value: &str) -> String {
        fill(self.text(word), placeholder, value)
    }

    /// The whole question of a step, such as "Pernahkah Anda memakai ganja?".
    #[must_use]
    pub fn question(&self, step: Step) -> String {
        match step {
            Step::Item(_, substance) => {
                self.filled(Word::question(step), "memakai", self.text(Word::using(substance)))
            }
            Step::Injecting | Step::InjectingDays => self.text(Word::question(step)).to_owned(),
        }
    }
}

impl Default for Words {
    fn default() -> Self {
        Self(vec![String::new(); Word::ALL.len()])
    }
}

/// A text in which the placeholder, named without braces, is replaced by the value.
#[must_use]
pub fn fill(text: &str, placeholder: &str, value: &str) -> String {
    let mut out = String::with_capacity(text.len() + value.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((name, tail)) if name == placeholder => {
                out.push_str(value);
                rest = tail;
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use screening::{Scale, all_steps};

    #[test]
    fn fills_only_the_placeholder_that_is_named() {
        assert_eq!(fill("{a} dari {b}", "b", "{a}"), "{a} dari {a}");
        assert_eq!(fill("{a} {a}", "a", "3"), "3 3");
        assert_eq!(fill("tanpa {akhir", "akhir", "x"), "tanpa {akhir");
    }

    #[test]
    fn every_option_of_every_scale_has_a_word() {
        for scale in [Scale::YesNo, Scale::Frequency, Scale::Recency, Scale::DaysPerMonth] {
            assert!((0..scale.options()).all(|option| Word::option(scale, option).is_some()));
            assert_eq!(Word::option(scale, scale.options()), None);
        }
    }

    #[test]
    fn the_question_holds_the_verb_of_its_group() {
        let texts = Word::ALL.iter().map(|word| match word.placeholders() {
            ["memakai"] => "Apakah {memakai}?".to_owned(),
            _ => word.key().to_owned(),
        });
        let words = Words::from_texts(texts.collect()).unwrap();
        for step in all_steps() {
            let is_filled = words.question(step).starts_with("Apakah memakai.");
            assert_eq!(is_filled, matches!(step, Step::Item(..)));
        }
    }
}
