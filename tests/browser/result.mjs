// What the result says, and what it has to say.

import assert from 'node:assert/strict';
import { bandOf, highestScore, scoreOf } from './instrument.mjs';
import {
    areas, longDate, nationalLines, noteOn, officesOf, ownPages, pathOf, said, templateWord, templateWordsOf,
    titleOf, unitsOf, word, words,
} from './site.mjs';

/** What is to be read on the result, top to bottom. */
export function readResult(page) {
    return page.evaluate(() => {
        const app = document.getElementById('aplikasi');
        const text = (element) => element?.textContent.trim() ?? '';
        const headings = [...app.querySelectorAll('h1, h2')];
        const warns = [...app.querySelectorAll('.peringatan h2')].map(text);
        return {
            all: app.innerText.replace(/\s+/g, ' '),
            headings: headings.map(text),
            emergency: text(app.querySelector('section.darurat')),
            warns,
            results: [...app.querySelectorAll('.zat li')].map((item) => ({
                name: text(item.querySelector('strong')),
                band: text(item.querySelector('.pita')),
                score: text(item.querySelector('.skor')),
                notes: [...item.querySelectorAll('p')].map(text),
            })),
        };
    });
}

/** The result tells this person what the case says. */
export function assertResult(shown, person) {
    assertEmergencyFirst(shown);
    assertResults(shown, person);
    for (const key of ['pikiran.judul', 'pikiran.isi', 'pikiran.tempat', 'pikiran.sibuk', 'hasil.dilihat', 'hasil.dilihat_layanan']) {
        says(shown, word(key));
    }
    if (person.results.length === 0) return assertNothingCounted(shown, person);
    says(shown, word('hasil.tertinggi', { pita: word(`pita.${person.highest}`) }));
    says(shown, word(`pita.${person.highest}_arti`));
    for (const key of ['bukan_diagnosis', 'bukan_tingkat', 'dihitung', 'riwayat', 'metode', 'belum_divalidasi']) {
        says(shown, word(`hasil.${key}`));
    }
    for (const key of ['hamil.isi', 'kemudi.isi', 'keluarga.isi']) says(shown, word(key));
    for (const followUp of ['informasi', 'bicara', 'asesmen', 'puskesmas']) {
        says(shown, word(`langkah_berikut.${followUp}`), followUp === person.followUp);
    }
    for (const key of ['isi', 'bantuan']) says(shown, word(`henti.${key}`), Boolean(person.mustNotStop));
    for (const key of ['naik', 'alat', 'tes', 'luka']) {
        says(shown, word(`suntik.${key}`), Boolean(person.injects));
    }
    return says(shown, word('hasil.suntik_ditolak'), Boolean(person.keepsInjectingOpen));
}

/** Words that must never stand on a result. */
const NEVER = [/\baman\b/i, /\bpositif\b/i, /\bterbukti\b/i, /pecandu/i, /penyalah ?guna/i, /anda berat/i];

function assertEmergencyFirst({ headings, emergency, all }) {
    const [title, first] = headings;
    assert.equal(title, word('hasil.judul'));
    assert.equal(first, word('darurat.judul'), 'the emergency block comes before anything else');
    for (const key of ['pengantar', 'opioid', 'stimulan', 'hirup', 'oplosan', 'tindakan', 'temani']) {
        assert.ok(emergency.includes(word(`darurat.${key}`)), `emergency: ${key}`);
    }
    for (const pattern of NEVER) assert.doesNotMatch(all, pattern);
}

function assertResults(shown, person) {
    const { results, withOpen = [], undisclosed = [], answers } = person;
    for (const [substance, score, band] of results) {
        assert.equal(scoreOf(answers.used[substance]), score, 'the case is worked out well');
        assert.equal(bandOf(substance, score), band, 'the case is worked out well');
    }
    assert.deepEqual(shown.results, results.map(([substance, score, band]) => ({
        name: words('zat')[substance],
        band: word(`pita.${band}`),
        score: word('hasil.skor', { skor: String(score), tertinggi: String(highestScore(substance)) }),
        notes: withOpen.includes(substance) ? [word('hasil.ditolak')] : [],
    })));
    const names = undisclosed.map((substance) => words('zat')[substance]).join(', ');
    says(shown, word('hasil.tidak_disebut', { zat: names }), undisclosed.length > 0);
}

function assertNothingCounted(shown, { undisclosed = [] }) {
    const isTold = undisclosed.length === 0;
    says(shown, word('hasil.tidak_memakai'), isTold);
    says(shown, word('hasil.tidak_terhitung'), !isTold);
    for (const band of ['rendah', 'menengah', 'tinggi']) says(shown, word(`pita.${band}_arti`), false);
}

/** The text is (or is not) to be read. */
export function says({ all }, text, isExpected = true) {
    const isThere = all.includes(text.replace(/\s+/g, ' '));
    assert.equal(isThere, isExpected, `${isExpected ? 'must say' : 'must not say'}: ${text}`);
}

/** The contacts on the screen: first the cards of the chosen place, then the national lines. */
export function readContacts(page) {
    return page.evaluate(() => {
        const text = (element) => element?.textContent.trim() ?? '';
        const texts = (element, selector) => [...element.querySelectorAll(selector)].map(text);
        const links = (element) => [...element.querySelectorAll('a')].map((link) => link.getAttribute('href'));
        const numbers = (element) => [...element.querySelectorAll('a.nomor')].map((link) => ({
            shown: text(link),
            href: link.getAttribute('href'),
        }));
        const app = document.getElementById('aplikasi');
        const cards = [...app.querySelectorAll('.kontak')].map((card) => ({
            label: text(card.querySelector('.di-mana')),
            name: text(card.querySelector('h3')),
            rule: text(card.querySelector(':scope > h4')),
            text: card.innerText.replace(/\s+/g, ' '),
            links: links(card),
            numbers: numbers(card),
            before: [...card.querySelectorAll('details')].map((details) => ({
                title: text(details.querySelector('summary')),
                text: text(details),
                topics: texts(details, 'dt'),
                answers: texts(details, 'dd'),
            })),
        }));
        return {
            cards: cards.filter(({ label }) => label !== ''),
            national: cards.filter(({ label }) => label === ''),
            text: app.innerText.replace(/\s+/g, ' '),
            status: text(app.querySelector('[role=status]')),
            links: links(app),
            dialled: numbers(app).map(({ href }) => href),
        };
    });
}

/** The contacts shown are those of the place, each complete, the nearest first. */
export function assertContacts(shown, { code, unitId, band }) {
    assert.deepEqual(strangeOf(shown.links), [], 'links that tell what was chosen, or that lead away');
    assertNational(shown);
    const unit = code && unitsOf(code).find(({ id }) => id === unitId);
    const offices = code ? officesOf(code) : [];
    const expected = [unit, ...offices].filter(Boolean);
    assert.deepEqual(shown.cards.map(({ name }) => name), expected.map((entry) => entry.judul_pendek));
    shown.cards.forEach((card, place) => assertCard(card, expected[place], band));
    const all = { all: shown.text };
    says(all, word('tempat.halaman'), Boolean(code));
    assert.equal(shown.links.includes(pathOf('/wilayah/')), Boolean(code), 'the finder, once a place is chosen');
    if (!code) return;
    const area = areas.find(({ kode }) => kode === code);
    assert.equal(shown.status, word('tempat.tampil', { wilayah: unit?.judul_pendek ?? area.nama }));
    says(all, word('tempat.tanpa_kantor'), offices.length === 0);
}

/** The links that the screening must not have: everything but its own parts, calls and a few own pages. */
export function strangeOf(links) {
    const pages = ownPages();
    return links.filter((link) => !/^(#[\w-]+|tel:[\d,+]+)$/.test(link) && !pages.includes(link));
}

function assertCard(card, entry, band) {
    const isOffice = 'tingkat' in entry;
    const contacts = entry.kontak ?? [];
    const text = { all: card.text };
    assert.equal(card.label, word(isOffice ? 'tempat.kantor_judul' : 'tempat.unit_judul'));
    for (const contact of contacts) {
        says(text, contact.nilai);
        if (contact.label) says(text, templateWord(`label.${contact.label}`));
        says(text, said(contact, 'catatan'));
    }
    assert.deepEqual(card.links, card.numbers.map(({ href }) => href), `${card.name}: its only links are numbers`);
    assertRule(card, entry.rujukan, band);
    if (!isOffice) {
        says(text, templateWord(`teks.status_${entry.status}`, { tanggal: longDate(entry.per) }));
        return assert.deepEqual(card.before, []);
    }
    says(text, word('tempat.tanpa_kontak'), contacts.length === 0);
    return assertBefore(card, entry);
}

const ASK = ['tanya_judul', 'tanya_biaya', 'tanya_surat', 'tanya_dicatat', 'tanya_teman', 'tanya_sesudah'];

/** Before one comes: what the office has answered, topic by topic, and what to ask it. */
function assertBefore({ before, name }, { keterangan = {} }) {
    const topics = templateWordsOf('keterangan');
    const [{ title, topics: labels, answers, text }, ...others] = before;
    assert.equal(others.length, 0);
    assert.equal(title, word('sebelum.judul', { nama: name }));
    assert.deepEqual(labels, Object.values(topics), 'every topic');
    assert.deepEqual(answers, Object.keys(topics).map((topic) => (topic in keterangan
        ? answered(keterangan[topic]) + noteOn(keterangan[topic])
        : word('sebelum.belum_dijawab'))), name);
    for (const key of ASK) assert.ok(text.includes(word(`sebelum.${key}`)), key);
}

/** What an office has answered: what a key of its own tells, the text, and whose promise it is. */
function answered(answer) {
    const { hari, pilihan, oleh } = answer;
    return [
        hari === 0 && templateWord('teks.tunggu_nol'),
        hari > 0 && templateWord('teks.tunggu_hari', { hari }),
        pilihan && templateWord(`pilihan_datang.${pilihan}`),
        answer.teks && said(answer, 'teks'),
        oleh && templateWord('teks.bukan_kekebalan', { oleh: templateWord(`penanggung_jawab.${oleh}`) }),
    ].filter(Boolean).join(' ');
}

/** The office's own rule for the band, dated, its places as text; nothing where it has published none. */
function assertRule(card, rule, band) {
    const published = band && rule?.[band];
    if (!published) return assert.equal(card.rule, '', `${card.name} has no rule to show`);
    const text = { all: card.text };
    assert.equal(card.rule, word('tempat.aturan', { pita: word(`pita.${band}`) }));
    says(text, said(published, 'teks'));
    says(text, noteOn(rule));
    for (const link of published.ke) says(text, titleOf(link));
    for (const other of ['rendah', 'menengah', 'tinggi']) {
        if (rule[other] !== published) says(text, said(rule[other], 'teks'), false);
    }
    return undefined;
}

const ROLES = ['darurat', 'perawatan', 'campuran', 'laporan'];

/** All lines of the country, a line that takes reports of crimes never before one that cares. */
function assertNational({ national, dialled, text }) {
    const expected = ROLES.flatMap((role) => nationalLines.filter(({ peran }) => peran === role));
    assert.deepEqual(national.map(({ name }) => name), expected.map((line) => said(line, 'nama')));
    expected.forEach((line, place) => {
        const { numbers: [number, ...others], text: all, links } = national[place];
        says({ all }, said(line, 'keterangan'));
        assert.equal(number.shown.startsWith(line.nomor), true, `${line.nama} can be called`);
        assert.equal(number.href, `tel:${line.nomor}`);
        assert.deepEqual([others, links.length], [[], 1], 'its site is text');
    });
    says({ all: text }, word('nasional.judul'));
    const takesReports = ({ peran }) => peran === 'campuran' || peran === 'laporan';
    const mixed = nationalLines.filter(takesReports).map(({ nomor }) => `tel:${nomor}`);
    const firstMixed = dialled.findIndex((link) => mixed.includes(link));
    const caring = nationalLines.filter((line) => !takesReports(line)).map(({ nomor }) => `tel:${nomor}`);
    const lastCaring = dialled.findLastIndex((link) => caring.includes(link));
    assert.ok(lastCaring < firstMixed, `no line that takes reports before a caring one: ${dialled}`);
}
