// What becomes of the screening when nobody looks at it: after minutes without a touch, out of sight,
// and a year later.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertQuiet, focusedNow, launch, until, visit } from './browser.mjs';
import { PLACES, named } from './cases.mjs';
import { pageTitleOn, planOf } from './instrument.mjs';
import { assertContacts, readContacts } from './result.mjs';
import { serveSite } from './server.mjs';
import { DIST, SCREENING, word } from './site.mjs';
import {
    answer, arrive, choosePlace, enter, keyboard, mouse, privately, ready, screen, toResult,
} from './walk.mjs';

const LIMIT = { timeout: 120_000 };
/** The day on which the tests build the site. */
const BUILT = Date.UTC(2026, 10, 21);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const CLOCK = { at: BUILT + DAY };
const world = {};

before(async () => {
    [world.site, world.browser] = await Promise.all([serveSite(DIST), launch()]);
});

after(async () => {
    await world.browser?.close();
    await world.site?.close();
});

const plan = planOf(named('moderate').answers);

/** Opens the screening and answers three questions; the fourth is open, its first option marked. */
async function answerSome(page, hand = mouse(page)) {
    await enter(page, hand);
    for (const step of plan.slice(0, 3)) await answer(page, hand, step);
    await arrive(page, plan[3].legend);
    await hand.choose(0);
}

const warning = (page) => page.getByRole('alertdialog');

/** So many minutes go by, and the widget has looked at the clock. */
async function rest(page, minutes) {
    await page.clock.fastForward(minutes * MINUTE);
    await page.evaluate(() => new Promise((resolve) => { queueMicrotask(() => queueMicrotask(resolve)); }));
}

async function assertWarned(page) {
    await warning(page).waitFor();
    const focused = await page.evaluate(() => ({
        text: document.activeElement.textContent,
        named: document.getElementById(document.activeElement.closest('[role]').getAttribute('aria-labelledby')).textContent,
        told: document.getElementById(document.activeElement.closest('[role]').getAttribute('aria-describedby')).textContent,
    }));
    assert.deepEqual(focused, { text: word('diam.tetap'), named: word('diam.judul'), told: word('diam.isi') });
}

/** The opening stands there and nothing is left of what was told. */
async function assertForgotten(page) {
    await until(async () => (await screen(page)).title === word('buka.judul'), 'the opening');
    assert.equal(await warning(page).count(), 0);
    assert.equal(await page.title(), pageTitleOn(word('buka.judul')));
    await toResult(page, mouse(page), {});
    assertContacts(await readContacts(page), {});
}

describe('left alone', () => {
    test('a warning after eight minutes, more time ten times over, the end after ten minutes', LIMIT, () =>
        privately(world, CLOCK, async (page) => {
            const hand = keyboard(page);
            await answerSome(page, hand);
            await rest(page, 7.8);
            assert.equal(await warning(page).count(), 0, 'not yet');
            await rest(page, 0.5);
            await assertWarned(page);
            for (let time = 0; time < 10; time += 1) {
                await page.keyboard.press('Enter');
                await warning(page).waitFor({ state: 'detached' });
                const shown = await screen(page);
                assert.deepEqual([shown.title, shown.marked], [plan[3].legend, 0]);
                assert.notEqual(await page.evaluate(focusedNow), null, 'the focus is not lost');
                await rest(page, 8.3);
                await assertWarned(page);
            }
            await rest(page, 2);
            await assertForgotten(page);
        }));

    test('a screen reader that only clicks gets as much time as a finger', LIMIT, () =>
        privately(world, CLOCK, async (page) => {
            await answerSome(page);
            await rest(page, 8.5);
            await assertWarned(page);
            await page.evaluate(() => document.activeElement.click());
            await warning(page).waitFor({ state: 'detached' });
            await rest(page, 3);
            assert.equal((await screen(page)).title, plan[3].legend);
            assert.equal(await warning(page).count(), 0);
        }));

    const ENDS = [
        ['who asks for more time stays where they were', (page) => page.keyboard.press('Enter')],
        ['a touch elsewhere ends the warning and moves nothing', async (page) => {
            await page.locator('.kontak summary').last().focus();
            await page.keyboard.press('Shift');
            await rest(page, 0.3);
        }],
    ];
    for (const [name, end] of ENDS) {
        test(name, LIMIT, () =>
            privately(world, CLOCK, async (page) => {
                await toResult(page, mouse(page), {});
                await choosePlace(mouse(page), PLACES[0]);
                const office = page.locator('.kontak summary').last();
                await office.click();
                const place = () => office.evaluate((element) => ({
                    hasFocus: document.activeElement === element,
                    isInSight: element.getBoundingClientRect().top > 0 && element.getBoundingClientRect().bottom < innerHeight,
                }));
                const before = await place();
                assert.deepEqual(before, { hasFocus: true, isInSight: true });
                await rest(page, 8.5);
                await assertWarned(page);
                await end(page);
                await warning(page).waitFor({ state: 'detached' });
                assert.deepEqual(await place(), before);
            }));
    }

    const TOUCHES = [
        ['a key', (page) => page.keyboard.press('Shift')],
        ['a finger or button', (page) => page.mouse.click(5, 5)],
        ['the wheel', async (page) => {
            // Chromium takes it in when it likes; the clock must not move on before.
            await page.evaluate(() => {
                window.turned = new Promise((resolve) => { addEventListener('wheel', () => resolve(), { once: true }); });
            });
            await page.mouse.wheel(0, 40);
            await page.evaluate(() => window.turned);
        }],
    ];
    test('any touch keeps it away', LIMIT, () =>
        privately(world, CLOCK, async (page) => {
            await answerSome(page);
            for (const [name, touch] of [...TOUCHES, ...TOUCHES]) {
                await touch(page);
                await rest(page, 7.5);
                assert.equal(await warning(page).count(), 0, name);
            }
            assert.equal((await screen(page)).title, plan[3].legend);
        }));

    test('the opening has nothing to forget, and begins as ever after an hour', LIMIT, () =>
        privately(world, CLOCK, async (page) => {
            await ready(page);
            await rest(page, 9);
            assert.equal(await warning(page).count(), 0);
            await rest(page, 60);
            await answerSome(page);
            await rest(page, 1);
            assert.equal((await screen(page)).title, plan[3].legend);
        }));

    test('a result with a place is forgotten as well', LIMIT, () =>
        privately(world, CLOCK, async (page) => {
            await toResult(page, mouse(page), named('moderate').answers);
            await choosePlace(mouse(page), PLACES[0]);
            await rest(page, 8.5);
            await assertWarned(page);
            await rest(page, 2);
            await assertForgotten(page);
        }));
});

/** The page goes out of sight, or comes back. Playwright keeps every page in sight. */
function show(page, isShown) {
    return page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event('visibilitychange'));
    }, !isShown);
}

describe('out of sight', () => {
    test('the page is covered at once, but not on paper, and comes back as it was', LIMIT, () =>
        privately(world, {}, async (page) => {
            await answerSome(page);
            const body = page.locator('body');
            await show(page, false);
            assert.equal(await body.isVisible(), false);
            await page.emulateMedia({ media: 'print' });
            assert.equal(await body.isVisible(), true);
            await page.emulateMedia({ media: 'screen' });
            await show(page, true);
            assert.equal(await body.isVisible(), true);
            assert.equal((await screen(page)).marked, 0);
        }));

    test('who comes back too late finds the opening at once', LIMIT, () =>
        privately(world, CLOCK, async (page) => {
            await answerSome(page);
            await show(page, false);
            // The clock goes on while the timers of a hidden page sleep.
            await page.clock.setSystemTime(CLOCK.at + 11 * MINUTE);
            await show(page, true);
            await assertForgotten(page);
        }));
});

describe('a year later', () => {
    const LATER = [[365 * DAY - 5 * MINUTE, false], [365 * DAY + 5 * MINUTE, true], [2_000 * DAY, true]];
    const WORLDS = [['with the widget', undefined], ['on paper', () => { delete window.WebAssembly; }]];
    for (const [name, before] of WORLDS) {
        test(`the page says how old it is, ${name}`, LIMIT, async () => {
            for (const [age, isOld] of LATER) {
                const visited = await visit(world.browser, world.site.origin + SCREENING, { at: BUILT + age, before });
                const { page } = visited;
                await page.locator(before ? '#kertas h1' : '#aplikasi h1').waitFor();
                const notice = page.locator('#usang');
                assert.equal(await notice.textContent(), word('kertas.usang'));
                assert.equal(await notice.isVisible(), isOld, `${age / DAY} days`);
                assertQuiet(visited);
                await visited.close();
            }
        });
    }
});
