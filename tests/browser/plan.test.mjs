// "My plan" after the result: five lists, the sheet they make, and what of it is kept and printed.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { NARROW, launch } from './browser.mjs';
import { PLACES, named } from './cases.mjs';
import { says } from './result.mjs';
import { serveSite } from './server.mjs';
import { DIST, officesOf, speak, units, word, words } from './site.mjs';
import { arrive, choosePlace, keyboard, list, mouse, privately, textOn, toResult } from './walk.mjs';

const LIMIT = { timeout: 120_000 };
const world = {};
const ITEMS = ['kapan', 'pintu', 'teman', 'malu', 'sepi'];
const NOTHING = '________________';

before(async () => {
    [world.site, world.browser] = await Promise.all([serveSite(DIST), launch()]);
});

after(async () => {
    await world.browser?.close();
    await world.site?.close();
});

/** What can be chosen everywhere, for an item. */
const everywhere = (item) =>
    Object.entries(words('rencana')).filter(([key]) => key.startsWith(`${item}_`)).map(([, text]) => text);

/** The doors of a place: its unit, then its offices. */
function doorsOf({ code, unitId }) {
    const unit = units.filter(({ id }) => id === unitId);
    return [...unit, ...(code ? officesOf(code) : [])].map(({ judul_pendek: name }) => name);
}

const sentence = (item, chosen = NOTHING) => word(`rencana.kalimat_${item}`, { pilihan: chosen });

/** The sheet says this of each item; nothing stands where nothing was chosen. */
async function assertSheet(page, chosen) {
    const lines = await page.locator('#aplikasi .kartu p').allTextContents();
    assert.deepEqual(lines, ITEMS.map((item) => sentence(item, chosen[item])));
}

async function assertLists(page, place) {
    for (const item of ITEMS) {
        const options = await list(page, word(`rencana.${item}`)).locator('option').allTextContents();
        const doors = item === 'pintu' ? doorsOf(place) : [];
        assert.deepEqual(options, [word('tempat.pilih'), ...everywhere(item), ...doors]);
    }
}

async function toPlan(page, by) {
    await by.press(word('rencana.buat'));
    await arrive(page, word('rencana.judul'));
}

for (const [language, hand] of [['id', keyboard], ['en', mouse]]) {
    describe(`${language}, by ${hand.name}`, () => {
        beforeEach(() => speak(language));

        test('the lists make the sheet, which is kept until one starts again', LIMIT, () =>
            privately(world, { viewport: NARROW }, async (page) => {
                const by = hand(page);
                const { answers } = named('only alcohol, daily');
                await toResult(page, by, answers);
                await choosePlace(by, PLACES[0]);
                await toPlan(page, by);
                await assertLists(page, PLACES[0]);
                await assertSheet(page, {});
                const chosen = Object.fromEntries(ITEMS.map((item) => [item, everywhere(item).at(-1)]));
                chosen.pintu = doorsOf(PLACES[0])[1];
                for (const item of ITEMS) await by.pick(word(`rencana.${item}`), chosen[item]);
                await assertSheet(page, chosen);
                await assertPrinted(page, chosen);
                await by.press(word('tombol.kembali'));
                await arrive(page, word('hasil.judul'));
                await toPlan(page, by);
                await assertSheet(page, chosen);
                await by.pick(word('rencana.teman'), word('tempat.pilih'));
                await assertSheet(page, { ...chosen, teman: NOTHING });
                await by.press(word('tombol.ulang'));
                await arrive(page, word('buka.judul'));
                await toResult(page, by, {});
                await toPlan(page, by);
                await assertLists(page, {});
                await assertSheet(page, {});
            }));
    });
}

test('another place forgets its door and nothing else', LIMIT, () => {
    speak('id');
    return privately(world, {}, async (page) => {
        const by = mouse(page);
        await toResult(page, by, {});
        await choosePlace(by, PLACES[0]);
        await toPlan(page, by);
        await by.pick(word('rencana.pintu'), doorsOf(PLACES[0])[0]);
        await by.pick(word('rencana.kapan'), word('rencana.kapan_besok'));
        await by.press(word('tombol.kembali'));
        await arrive(page, word('hasil.judul'));
        await choosePlace(by, PLACES[1]);
        await toPlan(page, by);
        await assertLists(page, PLACES[1]);
        await assertSheet(page, { kapan: word('rencana.kapan_besok') });
    });
});

/** On paper stand the sheet and the heading, no lists, no buttons, nothing of the result. */
async function assertPrinted(page, chosen) {
    const printed = await textOn(page, 'print');
    const expected = [
        word('rencana.judul'), word('rencana.pengantar'), word('rencana.lembar'),
        ...ITEMS.map((item) => sentence(item, chosen[item])),
    ].join(' ');
    assert.equal(printed.all.trim(), expected);
    for (const text of [...Object.values(words('zat')), ...Object.values(words('pita'))]) says(printed, text, false);
}
