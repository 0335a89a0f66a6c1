// The built site under test and the content it was built from.

import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';

/** The root of the repository. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const CONTENT = join(ROOT, 'content');

/** The folder with the built site. */
export const DIST = process.env.BERSINAR_DIST ?? '';
if (!existsSync(join(DIST, 'cek', 'index.html'))) {
    throw new Error('BERSINAR_DIST must name a folder built by `bersinar build`, see README.md');
}

/** The path of the screening page, in the language that is spoken. */
export let SCREENING = '/cek/';

/** The page that its quick exit leads to. */
export const BETWEEN = '/k/';

/** The pages that are closed, in each language: the screening, and the page between. */
export const isClosed = (path) => /\/(cek|k)\/$/.test(path);

/** The settings of the site. */
export const settings = toml(join(ROOT, 'bersinar.toml'));

let spoken = 'id';
let screeningWords = screeningWordsIn(spoken);
let templateWords = templateWordsIn(spoken);
const sources = toml(join(CONTENT, 'data', 'sumber.toml')).sumber;

/** All words of the screening in a language of the site. */
export function screeningWordsIn(language) {
    return toml(join(CONTENT, 'data', `skrining.${language}.toml`));
}

function templateWordsIn(language) {
    return toml(join(CONTENT, 'data', `kata.${language}.toml`));
}

/** From here on every word, page and content is that of this language. One for each test file. */
export function speak(language) {
    spoken = language;
    screeningWords = screeningWordsIn(language);
    templateWords = templateWordsIn(language);
    SCREENING = pathOf('/cek/');
}

/** A path of the Indonesian site, in the language that is spoken. */
export const pathOf = (path) => (spoken === 'id' ? path : `/${spoken}${path}`);

/** What an entry of the content says, in the language that is spoken where it has been translated. */
export const said = (entry, key) => entry.bahasa?.[spoken]?.[key] ?? entry[key] ?? '';

/**
 * Every page that the screening may lead to, from the site and from a file of its own. None of them tells
 * what was chosen or answered.
 */
export function ownPages() {
    const paths = ['/', '/wilayah/', ...Object.values(settings.tautan).map(addressOf)].map(pathOf);
    return [...paths, ...paths.map((path) => settings.alamat + path)];
}

/** A word of the screening, such as `word('pita.rendah')`, its places filled in. */
export function word(key, filling = {}) {
    return filled(screeningWords, key, filling);
}

/** A word of the templates. */
export function templateWord(key, filling = {}) {
    return filled(templateWords, key, filling);
}

/** All words of one part of the templates. */
export const templateWordsOf = (part) => templateWords[part];

/** All words of one part of the screening, such as `words('zat')`. */
export function words(part) {
    return screeningWords[part];
}

function filled(table, key, filling) {
    const text = key.split('.').reduce((part, name) => part?.[name], table);
    if (typeof text !== 'string') throw new Error(`no word ${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name) => filling[name] ?? whole);
}

/** The lines of the whole country, as written in the content. */
export const nationalLines = toml(join(CONTENT, 'data', 'kontak.toml')).nasional;

/** Offices and units: the front matter of each file, and the file's name as `id`. */
export const offices = frontMatters('kantor');
export const units = frontMatters('unit');

/** What the screening lists: every province (`31`), and the kab/kota (`31.72`) where an office or a unit is known. */
export const areas = provincesAndRegencies().filter(({ kode }) =>
    kode.length === 2 || [...offices, ...units].some(({ wilayah }) => [wilayah].flat().some((code) => code.startsWith(kode))));

/** Every province and kab/kota: `kode`, and the everyday name as `nama`. */
function provincesAndRegencies() {
    const everyday = Object.fromEntries(toml(join(CONTENT, 'data', 'wilayah.toml')).wilayah.map(({ kode, nama }) => [kode, nama]));
    const lines = readFileSync(join(ROOT, 'site', 'data', 'areas.txt'), 'utf8').split('\n').map((line) => /^(\t?)(\d\d) (.*)$/.exec(line));
    let province = '';
    return lines.filter(Boolean).map(([, tab, last, official]) => {
        province = tab ? province : last;
        const kode = tab ? `${province}.${last}` : last;
        const nama = official.replace(/^(Kota|Kabupaten) Administrasi /, '').replace(/^Daerah Khusus Ibukota /, 'DKI ')
            .replace(/^Daerah Istimewa /, 'DI ');
        return { kode, nama: everyday[kode] ?? nama };
    });
}

/** The offices of an area, the nearest level first. */
export function officesOf(code) {
    const serves = (served) => offices.filter((office) => office.wilayah.includes(served));
    const province = code.slice(0, 2);
    return code === province ? serves(code) : [...serves(code), ...serves(province)];
}

/** The units within a kab/kota. */
export function unitsOf(code) {
    return units.filter((unit) => unit.wilayah === code || unit.wilayah.startsWith(`${code}.`));
}

/** "19 Februari 2021" for "2021-02-19"; the year alone for "2021". */
export function longDate(date) {
    const [year, month, day] = date.split('-');
    const name = month && templateWord(`bulan.${month}`);
    return [day && String(Number(day)), name, year].filter(Boolean).join(' ');
}

/** According to whom, and when, an office said something. */
export function noteOn({ sumber, per }) {
    const publisher = said(sources[sumber], 'penerbit');
    return templateWord('teks.pernyataan', { sumber: publisher, tanggal: longDate(per) });
}

/** The short title of the content file that a link such as `@/ibm/pbm.md` leads to. */
export function titleOf(link) {
    const front = frontMatter(link.replace('@/', ''));
    return front.judul_pendek ?? front.judul;
}

/** The built page at a path of the site. */
export const builtPage = (path) => readFileSync(join(DIST, path, 'index.html'), 'utf8');

/** The address of the page of a content file, such as `@/ibm/pbm.md`. */
export function addressOf(link) {
    const path = link.replace('@/', '/').replace(/(_index)?\.md$/, '');
    return path.endsWith('/') ? path : `${path}/`;
}

/** Every built page: its file and its address. */
export function builtPages() {
    return readdirSync(DIST, { recursive: true })
        .filter((name) => name.endsWith('.html'))
        .map((name) => ({
            file: join(DIST, name),
            path: `/${relative(DIST, join(DIST, name)).replace(/index\.html$/, '')}`,
        }))
        .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** One page of every kind, and the longest article. */
export const KINDS = {
    home: '/',
    article: '/ibm/agen-pemulihan/',
    'long article': '/hukum/',
    questions: '/tanya-jawab/',
    emergency: '/darurat/',
    section: '/ibm/',
    'office with rule': '/kantor/bnnk-jakarta-utara/',
    'office with address': '/kantor/bnnp-sumatera-selatan/',
    'list of offices': '/kantor/',
    unit: '/unit/ancol/',
    facility: '/fasilitas/rsko-jakarta/',
    province: '/wilayah/dki-jakarta/',
    'province without anything': '/wilayah/aceh/',
    'kab/kota': '/wilayah/sulawesi-tenggara/kabupaten-kolaka/',
    finder: '/wilayah/',
    sources: '/tentang/sumber/',
    'not found': '/tidak-ada/',
};

function toml(file) {
    return parse(readFileSync(file, 'utf8'));
}

function frontMatters(folder) {
    return readdirSync(join(CONTENT, folder))
        .filter((name) => !name.startsWith('_'))
        .map((name) => ({ id: basename(name, '.md'), ...frontMatter(join(folder, name)) }));
}

function frontMatter(file) {
    const [, front] = readFileSync(join(CONTENT, file), 'utf8').split(/^\+\+\+$/m);
    return parse(front);
}
