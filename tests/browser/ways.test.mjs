// The other ways into the screening: for someone who is worried about another person, and with an Agen
// Pemulihan, who hands the phone over and gets it back. In both languages, by both hands, at 320 pixels.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { NARROW, launch, overflowOf } from './browser.mjs';
import { PLACES, named } from './cases.mjs';
import { assertContacts, assertResult, readContacts, readResult, says } from './result.mjs';
import { serveSite } from './server.mjs';
import { DIST, SCREENING, nationalLines, said, speak, word, words } from './site.mjs';
import {
    arrive, choosePlace, enterAssisted, keyboard, mouse, privately, ready, textOn, toResult,
} from './walk.mjs';

const LIMIT = { timeout: 120_000 };
const SMALL = { viewport: NARROW };
const world = {};

before(async () => {
    [world.site, world.browser] = await Promise.all([serveSite(DIST), launch()]);
});

after(async () => {
    await world.browser?.close();
    await world.site?.close();
});

for (const [language, hand] of [['id', mouse], ['en', keyboard]]) {
    describe(`${language}, by ${hand.name}`, () => {
        beforeEach(() => speak(language));

        test('the page is in that language', LIMIT, () =>
            privately(world, SMALL, async (page) => {
                assert.equal(await page.getAttribute('html', 'lang'), language);
                assert.equal(new URL(page.url()).pathname, SCREENING);
                await ready(page);
            }));

        test('not sure of some answers: result, contacts', LIMIT, () =>
            privately(world, SMALL, async (page) => {
                const person = named('not sure of some answers');
                const by = hand(page);
                await toResult(page, by, person.answers);
                assertResult(await readResult(page), person);
                says(await readResult(page), word('damping.kembali'), false);
                await choosePlace(by, PLACES[0]);
                assertContacts(await readContacts(page), { ...PLACES[0], band: person.highest });
                await by.open(word('sebelum.judul', { nama: 'BNNK Jakarta Utara' }));
                says(await textOn(page, 'screen'), word('sebelum.belum_dijawab'));
                assert.ok((await overflowOf(page)) <= 0, 'no sideways scroll with the card open');
            }));

        test('worried about another person: no question, no band, signs, how to talk, contacts', LIMIT, () =>
            privately(world, SMALL, async (page) => {
                const by = hand(page);
                await ready(page);
                await by.press(word('buka.orang_lain'));
                await arrive(page, word('lain.judul'));
                const shown = await readResult(page);
                assert.deepEqual(shown.headings.slice(0, 2), [word('lain.judul'), word('darurat.judul')]);
                for (const text of Object.values(words('lain'))) says(shown, text);
                for (const text of Object.values(words('pita'))) says(shown, text, false);
                assert.equal(await page.locator('#aplikasi input').count(), 0, 'nothing is asked');
                await choosePlace(by, PLACES[0]);
                assertContacts(await readContacts(page), PLACES[0]);
                await by.press(word('tombol.ulang'));
                await arrive(page, word('buka.judul'));
                await by.press(word('buka.orang_lain'));
                await arrive(page, word('lain.judul'));
                assertContacts(await readContacts(page), {});
                await by.press(word('tombol.kembali'));
                await arrive(page, word('buka.judul'));
            }));

        test('with an Agen Pemulihan: the phone goes over and comes back without the answers', LIMIT, () =>
            privately(world, SMALL, async (page) => {
                const person = named('injecting on more than four days');
                const by = hand(page);
                const small = await sizeOf(page);
                await ready(page);
                await by.press(word('buka.bersama'));
                await arrive(page, word('damping.judul'));
                for (const key of ['pengantar', 'jelaskan', 'tanya', 'jauh', 'baca']) {
                    says(await textOn(page, 'screen'), word(`damping.${key}`));
                }
                assert.ok((await sizeOf(page)) > small, 'larger text, since two look at one screen');
                await by.press(word('tombol.kembali'));
                await arrive(page, word('buka.judul'));
                assert.equal(await sizeOf(page), small, 'who turned back is alone');
                await toResult(page, by, person.answers, enterAssisted);
                assertResult(await readResult(page), person);
                await choosePlace(by, PLACES[0]);
                await assertHeadOnPaperOnly(page);
                await by.press(word('damping.kembali'));
                await arrive(page, word('damping.kembali'));
                await assertNothingTold(page);
                await by.press(word('damping.kembali_tunjuk'));
                await arrive(page, word('hasil.judul'));
                assertResult(await readResult(page), person);
                await by.press(word('damping.kembali'));
                await arrive(page, word('damping.kembali'));
                await by.press(word('tombol.ulang'));
                await arrive(page, word('buka.judul'));
                assert.equal(await sizeOf(page), small);
            }));
    });
}

/** The size of the text, in CSS pixels. */
function sizeOf(page) {
    return page.locator('.layar').evaluate((layer) => parseFloat(getComputedStyle(layer).fontSize));
}

/** The head of the sheet for the asesmen: lines to write on, and none for a name. */
async function assertHeadOnPaperOnly(page) {
    for (const key of ['ringkasan_judul', 'ringkasan_garis']) {
        says(await textOn(page, 'screen'), word(`damping.${key}`), false);
        says(await textOn(page, 'print'), word(`damping.${key}`));
    }
    const head = await page.locator('.cetak').first().textContent();
    assert.doesNotMatch(head, /\b(nama|name|NIK)\b *:/i);
}

/** Nothing of the answers is in the page, and the lines can be called. */
async function assertNothingTold(page) {
    const text = await page.locator('#aplikasi').textContent();
    const result = [...Object.values(words('zat')), ...Object.values(words('pita')), word('suntik.judul')];
    for (const told of result) assert.ok(!text.includes(told), `must not say: ${told}`);
    for (const key of ['kembali_isi', 'telepon_judul', 'telepon']) assert.ok(text.includes(word(`damping.${key}`)));
    assert.equal(await page.locator('#aplikasi input, #aplikasi .skor, #aplikasi .cetak').count(), 0);
    for (const line of nationalLines.filter(({ peran }) => peran !== 'darurat')) {
        assert.ok(text.includes(said(line, 'nama')), line.nama);
        assert.ok(await page.locator(`#aplikasi a.nomor[href="tel:${line.nomor}"]`).count() > 0, line.nama);
    }
}
