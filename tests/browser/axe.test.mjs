// axe-core over every kind of page and every kind of screen: light, dark, forced colours.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NARROW, launch, visit } from './browser.mjs';
import { PLACES, named } from './cases.mjs';
import { planOf } from './instrument.mjs';
import { violationsOf } from './looks.mjs';
import { serveSite } from './server.mjs';
import { DIST, KINDS, SCREENING, word } from './site.mjs';
import {
    answer, answerAll, arrive, breakIt, choosePlace, enter, enterAssisted, mouse, ready, toResult,
} from './walk.mjs';

const LIMIT = { timeout: 120_000 };
let browser;
let site;

before(async () => {
    [site, browser] = await Promise.all([serveSite(DIST), launch()]);
});

after(async () => {
    await browser?.close();
    await site?.close();
});

async function assertAccessible(page) {
    assert.deepEqual(await violationsOf(page), []);
}

describe('pages', () => {
    const ENGLISH = { 'home in English': '/en/', 'emergency in English': '/en/darurat/', 'area in English': '/en/wilayah/dki-jakarta/' };
    for (const [kind, path] of Object.entries({ ...KINDS, ...ENGLISH })) {
        test(kind, LIMIT, async () => {
            const { page, close } = await visit(browser, site.origin + path);
            await assertAccessible(page);
            await close();
        });
    }

    test('the menu opened', LIMIT, async () => {
        const { page, close } = await visit(browser, site.origin);
        await page.locator('summary').click();
        await assertAccessible(page);
        await close();
    });

    for (const path of [SCREENING, `/en${SCREENING}`]) test(`the paper form without JavaScript: ${path}`, LIMIT, async () => {
        // axe itself needs scripts: the page loses its own instead.
        const before = () => { delete window.WebAssembly; };
        const { page, close } = await visit(browser, site.origin + path, { before });
        assert.equal(await page.locator('#kertas').isVisible(), true);
        await assertAccessible(page);
        for (const id of ['b12', 'b22', 'c12', 'c21', 'q82']) await page.locator(`label[for=${id}]`).click();
        await assertAccessible(page);
        await page.locator('label[for=semua]').click();
        await assertAccessible(page);
        await close();
    });
});

/** The screens of the widget: how to come to each. */
const SCREENS = {
    opening: (page) => ready(page),
    age: async (page, hand) => {
        await ready(page);
        await hand.press(word('buka.mulai'));
        await arrive(page, word('usia.judul'));
    },
    'age, nothing chosen': async (page, hand) => {
        await SCREENS.age(page, hand);
        await hand.press(word('tombol.lanjut'));
        await page.getByRole('alert').waitFor();
    },
    'under 18': async (page, hand) => {
        await enter(page, hand, false);
        await arrive(page, word('muda.judul'));
    },
    'check of the answers': (page, hand) => answerAll(page, hand, named('answers declined').answers),
    'check, all no': (page, hand) => answerAll(page, hand, {}),
    'worried about another person': async (page, hand) => {
        await ready(page);
        await hand.press(word('buka.orang_lain'));
        await arrive(page, word('lain.judul'));
        await choosePlace(hand, PLACES[0]);
        await hand.open(word('sebelum.judul', { nama: 'BNNK Jakarta Utara' }));
    },
    plan: async (page, hand) => {
        await toResult(page, hand, {});
        await hand.press(word('rencana.buat'));
        await arrive(page, word('rencana.judul'));
    },
    'the phone handed back': async (page, hand) => {
        await toResult(page, hand, {}, enterAssisted);
        await hand.press(word('damping.kembali'));
        await arrive(page, word('damping.kembali'));
    },
    'the warning after a long rest': async (page, hand) => {
        await enter(page, hand);
        await page.clock.fastForward(9 * 60_000);
        await page.getByRole('alertdialog').waitFor();
    },
    'a broken widget': async (page, hand) => {
        await ready(page);
        await breakIt(page);
        await hand.press(word('buka.mulai'));
        await page.getByRole('alert').waitFor();
    },
};

const EVERY_QUESTION = { used: { opioid: '3 3 4 5 3 3' }, injecting: 'few' };

const RESULTS = {
    'everything low': PLACES[3],
    'high, and a sedative above low': PLACES[0],
    'injecting on a few days': PLACES[1],
    'only tobacco, high': PLACES[2],
    'answers declined': PLACES[4],
    'nothing ever used': PLACES[5],
    'nothing told': PLACES[4],
};

describe('screens of the widget', () => {
    for (const [name, go] of Object.entries(SCREENS)) {
        test(name, LIMIT, async () => {
            const { page, close } = await visit(browser, site.origin + SCREENING, { viewport: NARROW, at: new Date() });
            await go(page, mouse(page));
            await assertAccessible(page);
            await close();
        });
    }

    test('each kind of question, unanswered and with an answer missing', LIMIT, async () => {
        const { page, close } = await visit(browser, site.origin + SCREENING);
        const hand = mouse(page);
        await enter(page, hand);
        const seen = new Set();
        for (const step of planOf(EVERY_QUESTION)) {
            if (!seen.has(step.key)) {
                seen.add(step.key);
                await arrive(page, step.legend);
                await hand.press(word('tombol.lanjut'));
                await page.getByRole('alert').waitFor();
                await assertAccessible(page);
                await page.locator('h1').first().evaluate((heading) => heading.focus());
            }
            await answer(page, hand, step);
        }
        assert.equal(seen.size, 9, 'every kind of question was seen');
        await close();
    });

    for (const [name, place] of Object.entries(RESULTS)) {
        test(`result: ${name}`, LIMIT, async () => {
            const { page, close } = await visit(browser, site.origin + SCREENING);
            await toResult(page, mouse(page), named(name).answers);
            await choosePlace(mouse(page), place);
            await assertAccessible(page);
            await close();
        });
    }
});
