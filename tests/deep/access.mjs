// For everyone: on every state the screening can be in, axe-core in every look, the keyboard alone, and
// a window 320 pixels wide.

import { NARROW, focusedNow, launch, overflowOf } from '../browser/browser.mjs';
import { violationsOf } from '../browser/looks.mjs';
import { serveSite } from '../browser/server.mjs';
import { DIST } from '../browser/site.mjs';
import { atLeast, atMostNames, told } from './figures.mjs';
import { SCREEN_KINDS, kindOf, languageOf } from './kinds.mjs';
import { goTo, wanderThrough } from './states.mjs';

const SEEDS = { whole: 60, sample: 2 };
const STATES = { whole: Infinity, sample: 3 };
const AT_ONCE = 2;
const TAB_LIMIT = 250;
/** After so long the page asks whether anybody is still there. */
const REST = '08:30';

export const name = 'access';
export const title = 'For everyone: axe-core, keyboard and 320 pixels on every state';

export async function measure({ isSample }) {
    const size = isSample ? 'sample' : 'whole';
    const site = await serveSite(DIST);
    const browser = await launch();
    try {
        const page = await browser.newPage({ viewport: NARROW });
        const walks = await wanderThrough(page, site.origin, { nameOf, seeds: SEEDS[size] });
        await page.close();
        const states = [...walks].map(([state, [walk]]) => ({ state, walk })).slice(0, STATES[size]);
        const [{ walk }] = states;
        states.push({ state: `${languageOf(walk.path)} left alone`, walk: { ...walk, isLeftAlone: true } });
        const looked = await lookAtAll(browser, site.origin, states);
        return { figures: figuresOf(looked, isSample) };
    } finally {
        await browser.close();
        await site.close();
    }
}

/** A state has a kind of screen, what is marked or missing on it, who holds the phone, and its parts. */
function nameOf({ kind, path, parts, isAssisted, isMissing, isMarked, isPlaced }) {
    const named = parts.map((part) => kindOf(path, part)).filter((part) => /^[a-z_]+\.[a-z_]+$/.test(part) && !/^(zat|periksa)\./.test(part));
    return [
        languageOf(path), kind, isAssisted && 'assisted', isMissing && 'nothing chosen', isMarked && 'marked',
        isPlaced && 'place chosen', ...new Set(named),
    ].filter(Boolean).join(' ');
}

async function lookAtAll(browser, origin, states) {
    const waiting = [...states];
    const looked = [];
    const worker = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) looked.push(await lookAt(browser, origin, next));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return looked;
}

async function lookAt(browser, origin, { state, walk }) {
    const context = await browser.newContext({ viewport: NARROW, locale: 'id-ID' });
    const result = { state, walk, violations: [], keyboard: [], overflow: [], stuck: [], stops: 0 };
    const where = (what) => `${state}: ${what}`;
    try {
        const page = await context.newPage();
        if (walk.isLeftAlone) await page.clock.install();
        await goTo(page, origin, walk);
        if (walk.isLeftAlone) {
            await page.clock.fastForward(REST);
            await page.locator('#aplikasi [role=alertdialog]').waitFor();
        }
        const wider = await overflowOf(page);
        if (wider > 0) result.overflow.push(where(`${wider} px`));
        const { stops, faults } = await byKeyboard(page);
        result.stops = stops;
        result.keyboard = faults.map(where);
        result.violations = (await violationsOf(page)).map(where);
    } catch (error) {
        result.stuck.push(where(error.message.split('\n')[0]));
    } finally {
        await context.close();
    }
    return result;
}

/** Tabs through the page: every control is reached, in sight and not covered by the quick exit. */
async function byKeyboard(page) {
    const controls = await page.evaluate(() => {
        const seen = new Map();
        const all = document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]');
        for (const control of all) {
            if (!control.checkVisibility() || control.disabled) continue;
            const group = control.type === 'radio' ? `radio ${control.name}` : `${seen.size} ${control.textContent.trim().slice(0, 40)}`;
            control.dataset.stop ??= group;
            seen.set(group, true);
        }
        document.body.tabIndex = -1;
        document.body.focus();
        document.body.removeAttribute('tabindex');
        return [...seen.keys()];
    });
    const reached = new Set();
    const faults = [];
    for (let step = 0; step < TAB_LIMIT; step += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(focusedNow);
        if (!focused) break;
        reached.add(await page.evaluate(() => document.activeElement.dataset.stop));
        if (focused.isCovered) faults.push(`the quick exit covers ${focused.name}`);
        if (focused.isOutside) faults.push(`out of sight: ${focused.name}`);
    }
    const missed = controls.filter((control) => !reached.has(control)).map((control) => `not reached: ${control}`);
    return { stops: reached.size, faults: [...faults, ...missed] };
}

function figuresOf(looked, isSample) {
    const all = (kind) => looked.flatMap((result) => result[kind]);
    const kinds = new Set(looked.map(({ walk }) => `${languageOf(walk.path)} ${walk.kind}`));
    const wanted = ['id', 'en'].flatMap((language) => SCREEN_KINDS.map((kind) => `${language} ${kind}`));
    return [
        atLeast('states looked at', looked.length, isSample ? 1 : wanted.length),
        atMostNames('kinds of screens without a state', isSample ? [] : wanted.filter((kind) => !kinds.has(kind)), 0),
        atMostNames('axe-core violations, light, dark, forced colours, AAA contrast', all('violations'), 0),
        told('stops of the keyboard', looked.reduce((sum, { stops }) => sum + stops, 0)),
        atMostNames('faults by keyboard', all('keyboard'), 0),
        atMostNames('wider than 320 pixels', all('overflow'), 0),
        atMostNames('did not get through', all('stuck'), 0),
    ];
}
