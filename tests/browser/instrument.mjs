// WHO ASSIST v3.1 once more, written independently of the crate `screening`, so that the widget is
// measured against something else than itself. Figures: PMC4983530 table 1, WHO manual (2010).
//
// Answers are written as points. One substance is "q2 q3 q4 q5 q6 q7" (tobacco has no q5):
// a number is the option with these points, "-" is not asked, "u" is "not sure", "x" is declined.

import { SCREENING, builtPage, word, words } from './site.mjs';

export const SUBSTANCES = [
    'tembakau', 'alkohol', 'ganja', 'kokain', 'stimulan',
    'hirup', 'penenang', 'halusinogen', 'opioid', 'lain',
];

const EVER = ['tidak', 'ya'];
const FREQUENCY = ['tidak_pernah', 'satu_dua', 'bulanan', 'mingguan', 'harian'];
const RECENCY = ['belum_pernah', 'baru', 'lama'];
const QUESTIONS = [
    { key: 'sering', options: FREQUENCY, points: [0, 2, 3, 4, 6] },
    { key: 'keinginan', options: FREQUENCY, points: [0, 3, 4, 5, 6] },
    { key: 'masalah', options: FREQUENCY, points: [0, 4, 5, 6, 7] },
    { key: 'tugas', options: FREQUENCY, points: [0, 5, 6, 7, 8] },
    { key: 'khawatir', options: RECENCY, points: [0, 6, 3] },
    { key: 'berhenti', options: RECENCY, points: [0, 6, 3] },
];
/** The rows after the options of every question, in order. */
const OPEN = ['tidak_yakin', 'tolak'];
const OPEN_MARKS = ['u', 'x'];
const EFFECTS = { pernah: 'pernah', suntik: 'suntik', suntik_hari: 'suntik' };
const NOT_ASKED = '-';

/** The highest score of a substance. */
export const highestScore = (substance) => (substance === 'tembakau' ? 31 : 39);

/** The questions of a substance. */
export function questionsOf(substance) {
    return QUESTIONS.filter(({ key }) => !(substance === 'tembakau' && key === 'tugas'));
}

/**
 * The steps that these answers ask for, in order: `legend`, `options` as labels, and `choice`, the
 * place of the option to choose. `injecting` is "never", "earlier", "few", "many", "u", "x", "few u" or "few x".
 */
export function planOf({ used = {}, unsure = [], declined = [], injecting = 'never' }) {
    const lists = [Object.keys(used), unsure, declined];
    const ever = SUBSTANCES.map((substance) =>
        step('pernah', substance, EVER, lists.findIndex((list) => list.includes(substance)) + 1));
    const about = QUESTIONS.flatMap((question) =>
        SUBSTANCES.filter((substance) => substance in used)
            .map((substance) => stepOf(question, substance, used[substance]))
            .filter((asked) => asked !== null));
    const last = Object.keys(used).length > 0 ? injectingSteps(injecting) : [];
    return [...ever, ...about, ...last];
}

function stepOf(question, substance, answers) {
    const asked = questionsOf(substance);
    const given = answers.split(' ');
    if (given.length !== asked.length) throw new Error(`${substance}: ${answers}`);
    const answer = given[asked.indexOf(question)];
    if (answer === undefined || answer === NOT_ASKED) return null;
    const { key, options, points } = question;
    const open = OPEN_MARKS.indexOf(answer);
    const choice = open < 0 ? points.indexOf(Number(answer)) : options.length + open;
    if (choice < 0) throw new Error(`${substance}, ${key}: no option has ${answer} points`);
    return step(key, substance, options, choice);
}

function injectingSteps(injecting) {
    const ever = { never: 0, few: 1, many: 1, 'few u': 1, 'few x': 1, earlier: 2, u: 3, x: 4 }[injecting];
    const days = { few: 0, many: 1, 'few u': 2, 'few x': 3 }[injecting];
    const steps = [step('suntik', null, RECENCY, ever)];
    return days === undefined
        ? steps
        : [...steps, step('suntik_hari', null, ['sampai_empat', 'lebih_empat'], days)];
}

function step(key, substance, options, choice) {
    const filling = substance ? { memakai: words('memakai')[substance] } : {};
    return {
        key,
        substance,
        choice,
        legend: word(`pertanyaan.${key}`, filling),
        options: [...options, ...OPEN].map((option) => word(`pilihan.${option}`)),
        // What it does to the result, under both open rows.
        effect: word(`tolak.${EFFECTS[key] ?? 'skor'}`),
        place: placeOf(key, substance),
    };
}

function placeOf(key, substance) {
    if (!substance) return word('langkah.suntik');
    if (key === 'pernah') {
        const nomor = String(SUBSTANCES.indexOf(substance) + 1);
        return word('langkah.nomor', { nomor, jumlah: String(SUBSTANCES.length) });
    }
    const isLifetime = key === 'khawatir' || key === 'berhenti';
    const window = word(isLifetime ? 'langkah.seumur_hidup' : 'langkah.tiga_bulan');
    return `${words('zat')[substance]} · ${window}`;
}

/** The screens before the first question: the page keeps its own title there. */
const BEFORE = [
    'buka.judul', 'lain.judul', 'damping.judul', 'damping.serah_judul', 'usia.judul', 'muda.judul',
];

/**
 * The title of the page while the screen with this heading is open. Of the answers it tells nothing:
 * after the ten questions that everyone is asked, it is the same on every screen.
 */
export function pageTitleOn(heading) {
    const [, own] = /<title>(.*?)<\/title>/.exec(builtPage(SCREENING));
    if (BEFORE.some((key) => word(key) === heading)) return own;
    const asked = planOf({}).findIndex(({ legend }) => legend === heading) + 1;
    const numbers = { nomor: String(asked), jumlah: String(SUBSTANCES.length) };
    return `${asked > 0 ? word('judul.langkah', numbers) : word('judul.lanjut')} – ${own}`;
}

/** The score of one substance's answers. */
export function scoreOf(answers) {
    const points = answers.split(' ').map(Number).filter((value) => !Number.isNaN(value));
    return points.reduce((sum, value) => sum + value, 0);
}

/** The band of a score: alcohol 0-10, 11-26, 27 and more; all others 0-3, 4-26, 27 and more. */
export function bandOf(substance, score) {
    if (score >= 27) return 'tinggi';
    return score >= (substance === 'alkohol' ? 11 : 4) ? 'menengah' : 'rendah';
}
