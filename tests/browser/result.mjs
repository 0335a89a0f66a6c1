// What the result says, and what it has to say.

import assert from 'node:assert/strict';
import { bandOf, highestScore, scoreOf } from './instrument.mjs';
import {
    addressOf, areas, longDate, nationalLines, officesOf, ruleNote, templateWord, unitsOf, word, words,
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
    for (const key of ['pikiran.judul', 'pikiran.isi', 'pikiran.tempat', 'pikiran.sibuk', 'hasil.dilihat']) {
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
    return says(shown, word('hasil.suntik_ditolak'), Boolean(person.declinesInjecting));
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
    const { results, withDeclined = [], undisclosed = [], answers } = person;
    for (const [substance, score, band] of results) {
        assert.equal(scoreOf(answers.used[substance]), score, 'the case is worked out well');
        assert.equal(bandOf(substance, score), band, 'the case is worked out well');
    }
    assert.deepEqual(shown.results, results.map(([substance, score, band]) => ({
        name: words('zat')[substance],
        band: word(`pita.${band}`),
        score: word('hasil.skor', { skor: String(score), tertinggi: String(highestScore(substance)) }),
        notes: withDeclined.includes(substance) ? [word('hasil.ditolak')] : [],
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
        const section = document.getElementById('tempat').closest('section');
        const cards = [...section.querySelectorAll('.kontak')].map((card) => ({
            label: text(card.querySelector('.di-mana')),
            name: text(card.querySelector('h3')),
            rule: text(card.querySelector('h4')),
            text: card.innerText.replace(/\s+/g, ' '),
            links: [...card.querySelectorAll('a')].map((link) => link.getAttribute('href')),
        }));
        const numbers = [...document.querySelectorAll('#aplikasi a[href^="tel:"]')];
        return {
            cards: cards.filter(({ label }) => label !== ''),
            national: cards.filter(({ label }) => label === ''),
            text: section.innerText.replace(/\s+/g, ' '),
            status: text(section.querySelector('[role=status]')),
            links: [...section.querySelectorAll('a')].map((link) => link.getAttribute('href')),
            dialled: numbers.map((link) => link.getAttribute('href')),
        };
    });
}

/** The contacts shown are those of the place, each complete, the nearest first. */
export function assertContacts(shown, { code, unitId, band }) {
    assertNational(shown);
    const unit = code && unitsOf(code).find(({ id }) => id === unitId);
    const offices = code ? officesOf(code) : [];
    const expected = [unit, ...offices].filter(Boolean);
    assert.deepEqual(shown.cards.map(({ name }) => name), expected.map((entry) => entry.judul_pendek));
    shown.cards.forEach((card, place) => assertCard(card, expected[place], band));
    if (!code) return;
    const area = areas.find(({ kode }) => kode === code);
    assert.equal(shown.status, word('tempat.tampil', { wilayah: unit?.judul_pendek ?? area.nama }));
    says({ all: shown.text }, word('tempat.tanpa_kantor'), offices.length === 0);
}

function assertCard(card, entry, band) {
    const isOffice = 'tingkat' in entry;
    const contacts = entry.kontak ?? [];
    assert.equal(card.label, word(isOffice ? 'tempat.kantor_judul' : 'tempat.unit_judul'));
    for (const contact of contacts) {
        says({ all: card.text }, contact.nilai);
        says({ all: card.text }, contact.catatan);
    }
    if (isOffice) says({ all: card.text }, word('tempat.tanpa_kontak'), contacts.length === 0);
    else says({ all: card.text }, templateWord(`teks.status_${entry.status}`, { tanggal: longDate(entry.per) }));
    assert.ok(card.links.includes(`/${isOffice ? 'kantor' : 'unit'}/${entry.id}/`), `${card.name}: its page`);
    assertRule(card, entry.rujukan, band);
}

/** The office's own rule for the band, dated; nothing where it has published none. */
function assertRule(card, rule, band) {
    const published = band && rule?.[band];
    if (!published) return assert.equal(card.rule, '', `${card.name} has no rule to show`);
    assert.equal(card.rule, word('tempat.aturan', { pita: word(`pita.${band}`) }));
    says({ all: card.text }, published.teks);
    says({ all: card.text }, ruleNote(rule));
    for (const link of published.ke) assert.ok(card.links.includes(addressOf(link)), link);
    for (const other of ['rendah', 'menengah', 'tinggi']) {
        if (rule[other] !== published) says({ all: card.text }, rule[other].teks, false);
    }
    return undefined;
}

const ROLES = ['darurat', 'perawatan', 'campuran'];

/** All lines of the country, a line that takes reports of crimes never before one that cares. */
function assertNational({ national, dialled, text }) {
    const expected = ROLES.flatMap((role) => nationalLines.filter(({ peran }) => peran === role));
    assert.deepEqual(national.map(({ name }) => name), expected.map(({ nama }) => nama));
    expected.forEach((line, place) => {
        const shown = national[place];
        says({ all: shown.text }, line.keterangan);
        says({ all: shown.text }, line.nomor);
        assert.ok(shown.links.includes(`tel:${line.nomor}`), `${line.nama} can be called`);
    });
    says({ all: text }, word('nasional.judul'));
    const mixed = nationalLines.filter(({ peran }) => peran === 'campuran').map(({ nomor }) => `tel:${nomor}`);
    const firstMixed = dialled.findIndex((link) => mixed.includes(link));
    const caring = nationalLines.filter(({ peran }) => peran !== 'campuran').map(({ nomor }) => `tel:${nomor}`);
    const lastCaring = dialled.findLastIndex((link) => caring.includes(link));
    assert.ok(lastCaring < firstMixed, `no line that takes reports before a caring one: ${dialled}`);
}
