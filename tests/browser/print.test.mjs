// The result on paper: with the contacts, and with the answers only where the person wants them there.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { PLACES, named } from './cases.mjs';
import { pageTitleOn, planOf } from './instrument.mjs';
import { says } from './result.mjs';
import { serveSite } from './server.mjs';
import { DIST, nationalLines, word, words } from './site.mjs';
import { HANDS, choosePlace, mouse, privately, textOn, toResult } from './walk.mjs';

const LIMIT = { timeout: 120_000 };
const NO_DIALOG = { before: () => { window.print = () => { window.printed = true; }; } };
const world = {};

before(async () => {
    [world.site, world.browser] = await Promise.all([serveSite(DIST), launch()]);
});

after(async () => {
    await world.browser?.close();
    await world.site?.close();
});

const person = named('moderate');
/** Every answer that was given, as it would stand on paper: the name of the question, then the answer. */
const rows = () => planOf(person.answers).map(({ key, substance, options, choice }) =>
    `${key === 'pernah' ? words('zat')[substance] : word(`ringkas.${key}`)} ${options[choice]}`);

for (const hand of HANDS) {
    test(`the answers are printed only when that is ticked, by ${hand.name}`, LIMIT, () =>
        privately(world, NO_DIALOG, async (page) => {
            const by = hand(page);
            await toResult(page, by, person.answers);
            await choosePlace(by, PLACES[0]);
            const assertPrinted = async (isExpected) => {
                const paper = await textOn(page, 'print');
                for (const row of new Set(rows())) says(paper, row, isExpected);
                for (const row of rows()) says(await textOn(page, 'screen'), row, false);
                says(paper, word('hasil.tertinggi', { pita: word('pita.menengah') }));
                says(paper, 'BNNK Jakarta Utara');
                says(paper, word('hasil.cetak_jawaban'), false);
            };
            await assertPrinted(false);
            await by.tick(word('hasil.cetak_jawaban'));
            await assertPrinted(true);
            await by.tick(word('hasil.cetak_jawaban'));
            await assertPrinted(false);
            await by.press(word('tombol.cetak'));
            assert.equal(await page.evaluate(() => window.printed), true);
        }));
}

test('the exit and the choice of place are not printed; what one asks an office is, folded or not', LIMIT, () =>
    privately(world, {}, async (page) => {
        await toResult(page, mouse(page), person.answers);
        await choosePlace(mouse(page), PLACES[0]);
        await page.emulateMedia({ media: 'print' });
        for (const hidden of ['#keluar', '#pintas', '.akhir button', '.pilih-tempat', '.kembali', '#kertas']) {
            assert.equal(await page.locator(hidden).first().isVisible(), false, `${hidden} is not printed`);
        }
        const printed = await page.evaluate(() => [...document.querySelectorAll('#aplikasi p, #aplikasi li')]
            .filter((part) => part.checkVisibility())
            .map((part) => part.textContent));
        for (const { nama } of nationalLines) says({ all: await page.locator('#aplikasi').innerText() }, nama);
        for (const key of ['darurat.pengantar', 'sebelum.tanya_biaya']) assert.ok(printed.includes(word(key)), key);
    }));

test('what a browser prints above each sheet, the title, names no topic', LIMIT, () => {
    const topics = /narko|rehab|bnn|zat|obat|alkohol|risiko|hasil|rencana|drug|result|plan/i;
    for (const heading of ['hasil.judul', 'rencana.judul', 'periksa.judul']) {
        assert.doesNotMatch(pageTitleOn(word(heading)), topics);
    }
});
