// The screening as people go through it, by mouse and by keyboard alone, and what stays of it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NARROW, PHONE, launch, overflowOf } from './browser.mjs';
import { CASES, PLACES, named } from './cases.mjs';
import { SUBSTANCES, planOf } from './instrument.mjs';
import { assertContacts, assertResult, readContacts, readResult, says } from './result.mjs';
import { serveSite } from './server.mjs';
import { DIST, areas, units, word } from './site.mjs';
import {
    HANDS, answer, answerAll, arrive, choosePlace, enter, keyboard, mouse, privately, ready, screen,
    toResult,
} from './walk.mjs';

const LIMIT = { timeout: 120_000 };
const world = {};

before(async () => {
    [world.site, world.browser] = await Promise.all([serveSite(DIST), launch()]);
});

after(async () => {
    await world.browser?.close();
    await world.site?.close();
});

const viewportOf = (hand) => (hand === mouse ? NARROW : PHONE);

describe('from the opening to the contacts', () => {
    for (const [number, person] of CASES.entries()) {
        for (const [other, hand] of HANDS.entries()) {
            const place = PLACES[(number + 3 * other) % PLACES.length];
            const where = place.choices.at(-1) ?? 'no place';
            test(`${person.name}, by ${hand.name}, ${where}`, LIMIT, () =>
                privately(world, { viewport: viewportOf(hand) }, async (page) => {
                    const by = hand(page);
                    await toResult(page, by, person.answers);
                    assertResult(await readResult(page), person);
                    await choosePlace(by, place);
                    const band = person.results.length > 0 ? person.highest : undefined;
                    assertContacts(await readContacts(page), { ...place, band });
                    assert.ok((await overflowOf(page)) <= 0, 'no sideways scroll with contacts');
                }));
        }
    }

    for (const hand of HANDS) {
        test(`under 18, by ${hand.name}: routes and contacts, no question, no band`, LIMIT, () =>
            privately(world, { viewport: viewportOf(hand) }, async (page) => {
                const by = hand(page);
                await enter(page, by, false);
                await arrive(page, word('muda.judul'));
                const shown = await readResult(page);
                assert.deepEqual(shown.headings.slice(0, 2), [word('muda.judul'), word('darurat.judul')]);
                for (const key of ['isi', 'jalan_dewasa', 'jalan_puskesmas', 'jalan_tanya']) {
                    says(shown, word(`muda.${key}`));
                }
                for (const band of ['rendah', 'menengah', 'tinggi']) says(shown, word(`pita.${band}`), false);
                await choosePlace(by, PLACES[0]);
                assertContacts(await readContacts(page), PLACES[0]);
            }));
    }

    test('every place there is leads to its own contacts', LIMIT, () =>
        privately(world, {}, async (page) => {
            const hand = mouse(page);
            await toResult(page, hand, named('moderate').answers);
            const provinces = areas.filter(({ kode }) => !kode.includes('.'));
            for (const province of provinces) {
                await hand.pick(word('tempat.provinsi'), province.nama);
                assertContacts(await readContacts(page), { code: province.kode, band: 'menengah' });
                const within = areas.filter(({ kode }) => kode.startsWith(`${province.kode}.`));
                for (const { kode, nama } of within) {
                    await hand.pick(word('tempat.kota'), nama);
                    assertContacts(await readContacts(page), { code: kode, band: 'menengah' });
                }
            }
        }));

    test('every unit can be chosen and shows its offices', LIMIT, () =>
        privately(world, {}, async (page) => {
            const hand = mouse(page);
            await toResult(page, hand, named('moderate').answers);
            for (const unit of units) {
                const code = unit.wilayah.slice(0, 5);
                await hand.pick(word('tempat.provinsi'), areas.find(({ kode }) => kode === code.slice(0, 2)).nama);
                await hand.pick(word('tempat.kota'), areas.find(({ kode }) => kode === code).nama);
                const name = await optionEnding(page, unit.judul_pendek);
                await hand.pick(word('tempat.unit'), name);
                assertContacts(await readContacts(page), { code, unitId: unit.id, band: 'menengah' });
            }
        }));

    test('a place that is not listed, and a change of mind', LIMIT, () =>
        privately(world, {}, async (page) => {
            const hand = mouse(page);
            await toResult(page, hand, named('nothing ever used').answers);
            await choosePlace(hand, PLACES[0]);
            await hand.pick(word('tempat.unit'), word('tempat.tidak_ada'));
            assertContacts(await readContacts(page), { code: '31.72' });
            await hand.pick(word('tempat.kota'), word('tempat.tidak_ada'));
            assertContacts(await readContacts(page), { code: '31' });
            await choosePlace(hand, PLACES[0]);
            await hand.pick(word('tempat.provinsi'), 'Sulawesi Tenggara');
            assertContacts(await readContacts(page), { code: '74' });
            await hand.pick(word('tempat.provinsi'), word('tempat.tidak_ada'));
            assertContacts(await readContacts(page), {});
        }));
});

function optionEnding(page, name) {
    return page.evaluate(
        ([wanted]) => [...document.querySelectorAll('#aplikasi option')]
            .map(({ text }) => text).find((text) => text === wanted || text.endsWith(` – ${wanted}`)),
        [name],
    );
}

describe('changing one’s mind', () => {
    for (const hand of HANDS) {
        test(`an answer changed from the check returns straight to it, by ${hand.name}`, LIMIT, () =>
            privately(world, { viewport: viewportOf(hand) }, async (page) => {
                const by = hand(page);
                await answerAll(page, by, named('stopped, and still moderate').answers);
                const plan = planOf({ used: { opioid: '0 - - - 0 3' } });
                const concern = plan.find(({ key }) => key === 'khawatir');
                await by.press(`${word('tombol.ubah')} ${concern.legend}`);
                await answer(page, by, concern, { marked: 2 });
                await arrive(page, word('periksa.judul'));
                await by.press(word('tombol.hasil'));
                await arrive(page, word('hasil.judul'));
                const [opioid] = (await readResult(page)).results;
                assert.equal(opioid.score, word('hasil.skor', { skor: '3', tertinggi: '39' }));
                assert.equal(opioid.band, word('pita.rendah'));
            }));

        test(`a change asks what it makes due, and drops what it does not, by ${hand.name}`, LIMIT, () =>
            privately(world, { viewport: viewportOf(hand) }, async (page) => {
                const by = hand(page);
                await answerAll(page, by, { used: { ganja: '0 - - - 0 0' } });
                const plan = planOf({ used: { ganja: '2 3 4 5 0 0' } });
                const more = plan.filter(({ substance }) => substance === 'ganja');
                const [, ...due] = more.slice(0, 5);
                await by.press(`${word('tombol.ubah')} ${due[0].legend}`);
                await answer(page, by, due[0], { marked: 0 });
                for (const step of due.slice(1)) await answer(page, by, step);
                await arrive(page, word('periksa.judul'));
                const never = planOf({}).find(({ substance }) => substance === 'ganja');
                await by.press(`${word('tombol.ubah')} ${never.legend}`);
                await answer(page, by, never, { marked: 1 });
                await arrive(page, word('periksa.judul'));
                const rows = await page.locator('.jawaban .baris').count();
                assert.equal(rows, SUBSTANCES.length, 'only question 1 is left');
            }));
    }

    test('leaving a change halfway still asks what became due', LIMIT, () =>
        privately(world, {}, async (page) => {
            const by = mouse(page);
            await answerAll(page, by, {});
            const used = planOf({ used: { alkohol: '0 - - - 0 0' } });
            const ever = used.find(({ substance }) => substance === 'alkohol');
            await by.press(`${word('tombol.ubah')} ${ever.legend}`);
            await answer(page, by, ever, { marked: 0 });
            const due = used.slice(SUBSTANCES.length);
            await arrive(page, due[0].legend);
            await by.press(word('tombol.kembali'));
            const shown = await screen(page);
            assert.notEqual(shown.title, word('periksa.judul'), 'no check while an answer is missing');
            for (let step = 0; step < SUBSTANCES.length + 1; step += 1) {
                if ((await screen(page)).title === due[0].legend) break;
                await by.press(word('tombol.lanjut'));
            }
            for (const step of due) await answer(page, by, step);
            await arrive(page, word('periksa.judul'));
        }));

    const WAYS_BACK = [
        ['the button, by mouse', mouse, (page) => mouse(page).press(word('tombol.kembali'))],
        ['the button, by keyboard', keyboard, (page) => keyboard(page).press(word('tombol.kembali'))],
        ['the gesture that closes things (Esc)', mouse, (page) => page.keyboard.press('Escape')],
    ];
    for (const [name, hand, back] of WAYS_BACK) {
        test(`back step by step, every answer still there: ${name}`, LIMIT, () =>
            privately(world, {}, async (page) => {
                const by = hand(page);
                const answers = { used: { halusinogen: '0 - - - 6 0' } };
                await answerAll(page, by, answers);
                for (const step of planOf(answers).reverse()) {
                    await back(page);
                    const shown = await arrive(page, step.legend);
                    assert.equal(shown.marked, step.choice);
                }
                await back(page);
                assert.equal((await arrive(page, word('usia.judul'))).marked, 0);
                await back(page);
                await arrive(page, word('buka.judul'));
            }));
    }

    test('the gesture, the button and the way forward mixed: always one step', LIMIT, () =>
        privately(world, {}, async (page) => {
            const by = mouse(page);
            await enter(page, by);
            const plan = planOf({});
            for (const step of plan.slice(0, 5)) await answer(page, by, step);
            await by.press(word('tombol.kembali'));
            await page.keyboard.press('Escape');
            await arrive(page, plan[3].legend);
            await by.press(word('tombol.lanjut'));
            await arrive(page, plan[4].legend);
            await page.keyboard.press('Escape');
            await arrive(page, plan[3].legend);
            await page.keyboard.press('Escape');
            await arrive(page, plan[2].legend);
        }));

    test('the gesture during a change returns to the check, and on the opening does nothing', LIMIT, () =>
        privately(world, {}, async (page) => {
            const by = mouse(page);
            await page.keyboard.press('Escape');
            await ready(page);
            await answerAll(page, by, {});
            const [first] = planOf({});
            await by.press(`${word('tombol.ubah')} ${first.legend}`);
            await arrive(page, first.legend);
            await page.keyboard.press('Escape');
            await arrive(page, word('periksa.judul'));
        }));

    test('starting again forgets everything', LIMIT, () =>
        privately(world, {}, async (page) => {
            const by = mouse(page);
            await toResult(page, by, named('moderate').answers);
            await choosePlace(by, PLACES[0]);
            await by.press(word('tombol.ulang'));
            await arrive(page, word('buka.judul'));
            await toResult(page, by, {});
            assertContacts(await readContacts(page), {});
        }));
});

describe('nothing chosen', () => {
    for (const hand of HANDS) {
        test(`the summary says so, has the focus and leads to the first option, by ${hand.name}`, LIMIT, () =>
            privately(world, { viewport: viewportOf(hand) }, async (page) => {
                const by = hand(page);
                await enter(page, by);
                const [first] = planOf({});
                await arrive(page, first.legend);
                await by.press(word('tombol.lanjut'));
                const summary = page.getByRole('alert');
                await summary.waitFor();
                assert.equal(await summary.evaluate((element) => element === document.activeElement), true);
                assert.equal((await summary.innerText()).includes(word('galat.judul')), true);
                await by.follow(word('galat.pilih'));
                const focused = await page.evaluate(() =>
                    [...document.querySelectorAll('#aplikasi input')].indexOf(document.activeElement));
                assert.equal(focused, 0, 'the link leads to the first option');
                assert.equal((await screen(page)).marked, -1, 'which is still not chosen');
                await page.keyboard.press('Space');
                await by.press(word('tombol.lanjut'));
                await arrive(page, planOf({})[1].legend);
                assert.equal(await summary.count(), 0);
            }));
    }
});

test('a double click goes on once and blames nobody', LIMIT, () =>
    privately(world, {}, async (page) => {
        const by = mouse(page);
        await enter(page, by);
        const [first, second] = planOf({});
        await arrive(page, first.legend);
        await page.locator('#aplikasi .pilihan').first().click();
        await page.getByRole('button', { name: word('tombol.lanjut'), exact: true }).dblclick();
        // The second press takes the focus to the button, as any press does.
        await page.getByRole('heading', { level: 1, name: second.legend }).waitFor();
        assert.equal(await page.getByRole('alert').count(), 0);
    }));

test('links that stand alone are 44 px high too', LIMIT, () =>
    privately(world, { viewport: NARROW }, async (page) => {
        await toResult(page, mouse(page), named('moderate').answers);
        await choosePlace(mouse(page), PLACES[0]);
        const small = await page.evaluate(() => [...document.querySelectorAll('#aplikasi p > a')]
            .filter((link) => link.textContent === link.parentElement.textContent)
            .filter((link) => link.getBoundingClientRect().height < 44)
            .map((link) => link.textContent));
        assert.deepEqual(small, []);
    }));
