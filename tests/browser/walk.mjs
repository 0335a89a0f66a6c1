// Walking through the screening the way a person does: with a mouse (or finger), or with the
// keyboard alone. Every screen on the way is looked over.

import assert from 'node:assert/strict';
import { assertNoTraces, assertQuiet, focusedNow, traces, until, visit } from './browser.mjs';
import { pageTitleOn, planOf } from './instrument.mjs';
import { strangeOf } from './result.mjs';
import { SCREENING, word } from './site.mjs';

/** The heading of the screen; it has the focus after each step. */
const HEADING = 'judul';
const TAB_LIMIT = 150;

/** A hand that clicks. */
export function mouse(page) {
    const app = page.locator('#aplikasi');
    return {
        name: 'mouse',
        choose: (option) => app.locator('label.pilihan').nth(option).click(),
        press: (text) => app.locator('button').filter({ hasText: text }).first().click(),
        follow: (text) => app.locator('a').filter({ hasText: text }).first().click(),
        pick: (label, option) => list(page, label).selectOption({ label: option }),
        open: (text) => app.locator('summary').filter({ hasText: text }).first().click(),
        tick: (text) => app.locator('label.pilihan').filter({ hasText: text }).click(),
    };
}

/** The list that has this label. */
export function list(page, label) {
    const caption = page.getByText(label, { exact: true });
    return page.locator('#aplikasi label.isian').filter({ has: caption }).locator('select');
}

/** A hand that only types. It looks where the focus is, as a person would. */
export function keyboard(page) {
    const tabTo = async (isIt, what, key = 'Tab') => {
        for (let step = 0; step < TAB_LIMIT; step += 1) {
            await page.keyboard.press(key);
            const focused = await page.evaluate(focusedNow);
            if (!focused) continue;
            assert.ok(!focused.isCovered, `the quick exit covers ${focused.name}`);
            assert.ok(!focused.isOutside, `the focus is out of sight on ${focused.name}`);
            if (isIt(focused)) return focused;
        }
        return assert.fail(`${key} does not reach ${what}`);
    };
    const reach = (tag, text) => {
        const isIt = (focused) => focused.tag === tag && focused.text.includes(text);
        const key = text === word('tombol.kembali') || text === word('tombol.jawaban') ? 'Shift+Tab' : 'Tab';
        return tabTo(isIt, text, key);
    };
    return {
        name: 'keyboard',
        async choose(option) {
            await tabTo((focused) => focused.tag === 'INPUT', 'the options');
            const marked = await page.evaluate(() =>
                [...document.querySelectorAll('#aplikasi input')].findIndex((input) => input.checked));
            const count = await page.locator('#aplikasi input').count();
            if (marked < 0 && option === 0) return page.keyboard.press('Space');
            const steps = (option - Math.max(marked, 0) + count) % count;
            for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown');
            return undefined;
        },
        async press(text) {
            await reach('BUTTON', text);
            await page.keyboard.press('Enter');
        },
        async follow(text) {
            await reach('A', text);
            await page.keyboard.press('Enter');
        },
        async pick(label, option) {
            await tabTo((focused) => focused.tag === 'SELECT' && focused.label === label, label);
            const { from, to } = await page.evaluate((wanted) => {
                const list = document.activeElement;
                return {
                    from: list.selectedIndex,
                    to: [...list.options].findIndex(({ text }) => text === wanted),
                };
            }, option);
            const key = to > from ? 'ArrowDown' : 'ArrowUp';
            for (let step = 0; step < Math.abs(to - from); step += 1) await page.keyboard.press(key);
            const { label: left } = await page.evaluate(focusedNow);
            assert.equal(left, label, 'the focus stays on the list');
        },
        async open(text) {
            await reach('SUMMARY', text);
            await page.keyboard.press('Enter');
        },
        async tick(text) {
            const box = await tabTo(({ tag, name }) => tag === 'INPUT' && name.includes(text.slice(0, 40)), text);
            await page.keyboard.press('Space');
            assert.equal((await page.evaluate(focusedNow)).name, box.name, 'the focus stays on the box');
        },
    };
}

/** Both ways through the screening. */
export const HANDS = [mouse, keyboard];

/** What is on the screen. */
export function screen(page) {
    return page.evaluate((heading) => {
        const app = document.getElementById('aplikasi');
        const title = document.getElementById(heading);
        const text = (element) => element?.textContent.trim() ?? '';
        return {
            title: text(title),
            pageTitle: document.title,
            hasFocus: document.activeElement === title,
            place: text(app.querySelector('.di-mana')),
            options: [...app.querySelectorAll('label.pilihan')].map((label) =>
                text(label.querySelector('span').firstChild)),
            effects: [...app.querySelectorAll('.akibat')].map(text),
            marked: [...app.querySelectorAll('input')].findIndex((input) => input.checked),
        };
    }, HEADING);
}

/** Waits for the screen with this title, which has the focus, and looks it over. */
export async function arrive(page, title) {
    const found = await until(async () => {
        const now = await screen(page);
        return now.title === title && now.hasFocus && now;
    }, `the screen “${title}” with the focus on its heading`);
    await assertSound(page, title);
    return found;
}

/** What holds on every screen. */
async function assertSound(page, title) {
    const { faults, links, pageTitle } = await lookOver(page);
    assert.deepEqual(faults, [], `on “${title}”`);
    assert.deepEqual(strangeOf(links), [], `links on “${title}”`);
    assert.equal(pageTitle, pageTitleOn(title), `the title of the page on “${title}”`);
}

/** Looks for autocompletion, small targets, a sideways scroll, headings; and for links and the title. */
function lookOver(page) {
    return page.evaluate(() => {
        const faults = [];
        const root = document.documentElement;
        const app = document.getElementById('aplikasi');
        if (root.scrollWidth > root.clientWidth) faults.push('scrolls sideways');
        if (root.querySelectorAll('h1').length - root.querySelectorAll('[hidden] h1').length !== 1) {
            faults.push('not one h1');
        }
        for (const control of app.querySelectorAll('input, select, textarea')) {
            if (control.autocomplete !== 'off') faults.push(`autocomplete on ${control.id}`);
            if (!control.matches('select, [type=radio], [type=checkbox]')) faults.push(`free text in ${control.id}`);
        }
        const targets = document.querySelectorAll(
            '#aplikasi button, #aplikasi select, #aplikasi label.pilihan, #aplikasi .nomor, #aplikasi summary, #keluar');
        for (const target of targets) {
            const { height } = target.getBoundingClientRect();
            if (height < 44) faults.push(`${height} px high: ${target.textContent.trim()}`);
        }
        const links = [...app.querySelectorAll('a')].map((link) => link.getAttribute('href'));
        return { faults, links, pageTitle: document.title };
    });
}

/** The widget stands in the place of the paper form. */
export async function ready(page) {
    await page.locator('#aplikasi h1').waitFor();
    assert.equal(await page.locator('#kertas').isVisible(), false, 'the paper form is hidden');
    await assertSound(page, word('buka.judul'));
}

/** From the opening to the question about age, answered. */
export async function enter(page, hand, isAdult = true) {
    await ready(page);
    await hand.press(word('buka.mulai'));
    await tellAge(page, hand, isAdult);
}

/** The same, with an Agen Pemulihan, who hands the phone over. */
export async function enterAssisted(page, hand) {
    await ready(page);
    await hand.press(word('buka.bersama'));
    await arrive(page, word('damping.judul'));
    await hand.press(word('damping.siap'));
    await arrive(page, word('damping.serah_judul'));
    await hand.press(word('damping.serah_mulai'));
    await tellAge(page, hand);
}

async function tellAge(page, hand, isAdult = true) {
    const age = await arrive(page, word('usia.judul'));
    assert.equal(age.marked, -1, 'nothing is preselected');
    await hand.choose(isAdult ? 0 : 1);
    await hand.press(word('tombol.lanjut'));
}

/** Answers one step that is on the screen. */
export async function answer(page, hand, step, { marked = -1 } = {}) {
    const shown = await arrive(page, step.legend);
    assert.equal(shown.marked, marked, 'what is marked when the question comes');
    assert.deepEqual(shown.options, step.options);
    assert.deepEqual(shown.effects, [step.effect, step.effect]);
    assert.equal(shown.place, step.place);
    await hand.choose(step.choice);
    const chosen = await screen(page);
    assert.equal(chosen.title, step.legend, 'choosing does not go on');
    assert.equal(chosen.marked, step.choice);
    await hand.press(word('tombol.lanjut'));
}

/** From the opening to the check of the answers. */
export async function answerAll(page, hand, answers, come = enter) {
    await come(page, hand);
    for (const step of planOf(answers)) await answer(page, hand, step);
    await arrive(page, word('periksa.judul'));
}

/** From the opening to the result. */
export async function toResult(page, hand, answers, come = enter) {
    await answerAll(page, hand, answers, come);
    await hand.press(word('tombol.hasil'));
    await arrive(page, word('hasil.judul'));
}

/** Opens the screening, lets `go` act, and asserts that nobody could notice anything but the visit. */
export async function privately({ browser, site }, options, go) {
    const first = site.requests.length;
    const visited = await visit(browser, site.origin + SCREENING, options);
    const { page } = visited;
    await page.locator('#aplikasi h1').waitFor();
    const atStart = await traces(page);
    await go(page);
    const { title } = await screen(page);
    assertNoTraces(await traces(page), { ...atStart, title: pageTitleOn(title) });
    assertQuiet(visited);
    const seen = site.requests.slice(first).map(({ method, url }) => `${method} ${url}`);
    assert.deepEqual(seen, [`GET ${SCREENING}`], 'the document is the only request of the visit');
    assert.deepEqual(visited.requests, [visited.url], 'nothing is asked of other hosts either');
    assert.deepEqual((await visited.context.storageState()).cookies, []);
    await visited.close();
}

/** What is printed of the screening, or what is on the screen. */
export async function textOn(page, media) {
    await page.emulateMedia({ media });
    const text = await page.locator('#aplikasi').innerText();
    await page.emulateMedia({ media: 'screen' });
    return { all: text.replace(/\s+/g, ' ') };
}

/**
 * Breaks the widget at its next screen. Yew stops for good when the page refuses to take a node: here
 * `insertBefore`, with which it draws, refuses. The message about it does without.
 */
export function breakIt(page) {
    return page.evaluate(() => {
        Node.prototype.insertBefore = () => { throw new DOMException('broken by the test', 'NotFoundError'); };
    });
}

const LISTS = ['tempat.provinsi', 'tempat.kota', 'tempat.unit'];

/** Chooses a place: province, kab/kota and unit, the later ones only if given. */
export async function choosePlace(hand, { choices }) {
    for (const [level, choice] of choices.entries()) await hand.pick(word(LISTS[level]), choice);
}
