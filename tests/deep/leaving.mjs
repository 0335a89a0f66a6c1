// Leaving: after every way of leaving and coming back, the page is as it was when it was first opened,
// and the place one leaves for does not learn from where.

import { fileURLToPath } from 'node:url';
import { launchProfile } from '../browser/browser.mjs';
import { serveElsewhere, serveSite } from '../browser/server.mjs';
import { DIST, settings } from '../browser/site.mjs';
import { atLeast, atMostNames } from './figures.mjs';
import { SEALED, headersOf } from './sealed.mjs';
import { chance, goToFirstQuestion } from './walker.mjs';

const EXTENSION = fileURLToPath(new URL('duplicator', import.meta.url));
const STOPS = { whole: 6, sample: 1 };
const PRERENDERING = '/prarender/';
const PATIENCE_MS = 10_000;

export const name = 'leaving';
export const title = 'Leaving: Back, forward, reload, duplicate, prerender, exit';

/** How a host serves the pages. */
const HOSTS = {
    'by meta': ({ headers, body }) => ({ headers, body }),
    'with headers': ({ path, headers, body }) =>
        ({ headers: { ...headers, ...(SEALED.includes(path) ? headersOf(path) : {}) }, body }),
};

/** Ways to leave and come back. Each gives back the page on which the screening then stands. */
const WAYS = {
    'away and Back': async (page, { elsewhere, back, isKept }) => {
        await page.goto(elsewhere.origin);
        await back(page);
        return { page, notes: [await isKept(page)] };
    },
    'to an own page and Back': async (page, { site, back, isKept }) => {
        await page.goto(`${site.origin}/darurat/`);
        await back(page);
        return { page, notes: [await isKept(page)] };
    },
    'Back and forward': async (page, { before, there, forward, isKept }) => {
        await goTo(page, () => history.back(), before);
        await forward(page, there);
        return { page, notes: [await isKept(page)] };
    },
    reload: async (page) => {
        await page.reload();
        return { page };
    },
    'duplicate tab': async (page, { browser, there }) => {
        const [worker] = browser.serviceWorkers();
        const opened = browser.waitForEvent('page');
        await worker.evaluate(async (url) => {
            const tabs = await chrome.tabs.query({});
            return chrome.tabs.duplicate(tabs.find((tab) => tab.active || tab.url === url).id);
        }, there);
        const twin = await opened;
        await twin.waitForURL(there);
        return { page: twin };
    },
    'exit and Back': async (page, { elsewhere, before }) => {
        const length = await page.evaluate(() => history.length);
        await page.evaluate(() => setTimeout(() => document.getElementById('keluar').click()));
        await page.waitForURL(`${elsewhere.origin}/**`, { timeout: PATIENCE_MS });
        const faults = [];
        if (await page.evaluate(() => history.length) !== length) faults.push('the exit adds to the history');
        await goTo(page, () => history.back(), before);
        return { page: null, faults };
    },
};

const goTo = async (page, go, url) => {
    await page.evaluate(`setTimeout(${go})`);
    await page.waitForURL(url, { waitUntil: 'commit', timeout: PATIENCE_MS });
};

export async function measure({ isSample }) {
    const runs = [];
    for (const [host, dress] of Object.entries(HOSTS)) {
        for (const keepsPages of isSample ? [true] : [true, false]) {
            runs.push(...await runsOf({ host, dress, keepsPages, isSample }));
        }
    }
    const faults = (kind) => runs.flatMap((run) => run.faults
        .filter((fault) => fault.kind === kind)
        .map(({ what }) => `${run.host}, ${run.way}, stop ${run.stop}: ${what}`));
    const kept = runs.filter(({ notes }) => notes.includes('kept')).length;
    return {
        figures: [
            atLeast('ways of leaving and coming back, walked', runs.length, isSample ? 1 : 50),
            atLeast('of these with a page kept by the back-forward cache', kept, 1),
            atLeast('of these prerendered before', runs.filter(({ notes }) => notes.includes('prerendered')).length, 1),
            atMostNames('answers visible', faults('answers'), 0),
            atMostNames('history, title or address changed', faults('traces'), 0),
            atMostNames('Referer at the target', faults('referer'), 0),
            atMostNames('did not get through', faults('stuck'), 0),
        ],
        notes: ['Visible: anything in the page (text, marks, attributes, title) that is not there when it is first opened.'],
    };
}

async function runsOf({ host, dress, keepsPages, isSample }) {
    const elsewhere = await serveElsewhere();
    const rewrite = (text) => text.replaceAll(settings.keluar, `${elsewhere.origin}/`);
    const site = await serveSite(DIST, {
        rewrite,
        dress: (answer) => (answer.path === PRERENDERING ? prerendering() : dress(answer)),
    });
    const browser = await launchProfile({
        moreArguments: [`--load-extension=${EXTENSION}`, `--disable-extensions-except=${EXTENSION}`],
        without: ['--disable-extensions', ...(keepsPages ? ['--disable-back-forward-cache'] : [])],
    });
    const runs = [];
    try {
        if (browser.serviceWorkers().length === 0) await browser.waitForEvent('serviceworker');
        for (const path of isSample ? SEALED.slice(0, 1) : SEALED) {
            for (let stop = 0; stop < (isSample ? STOPS.sample : STOPS.whole); stop += 1) {
                for (const [way, leave] of Object.entries(WAYS)) {
                    for (const isPrerendered of way === 'reload' ? [true, false] : [false]) {
                        const run = { host: `${host}${keepsPages ? ', cache' : ''}`, way, stop, notes: [], faults: [] };
                        await oneRun({ browser, site, elsewhere, path, stop, leave, isPrerendered, run });
                        runs.push(run);
                    }
                }
            }
        }
    } finally {
        await browser.close();
        await Promise.all([site.close(), elsewhere.close()]);
    }
    return runs;
}

/** A page that prerenders the screening and has a link to it. */
function prerendering() {
    const rules = JSON.stringify({ prerender: [{ source: 'list', urls: SEALED, eagerness: 'immediate' }] });
    const links = SEALED.map((path) => `<a href="${path}">${path}</a>`).join(' ');
    return {
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: `<!doctype html><html lang="id"><title>x</title>${links}<script type="speculationrules">${rules}</script>`,
    };
}

async function oneRun({ browser, site, elsewhere, path, stop, leave, isPrerendered, run }) {
    const page = await browser.newPage();
    await page.addInitScript(() => addEventListener('pageshow', (event) => { globalThis.wasKept = event.persisted; }));
    const there = site.origin + path;
    const before = `${site.origin}${isPrerendered ? PRERENDERING : '/tentang/privasi/'}`;
    const first = elsewhere.requests.length;
    const fault = (kind, what) => run.faults.push({ kind, what });
    const open = isPrerendered ? () => activate(page, before, path) : undefined;
    try {
        await page.goto(before);
        await (open ? open() : page.goto(there));
        const fresh = await pictureOf(page);
        await page.waitForTimeout(100);
        await goToFirstQuestion(page);
        if (await page.evaluate(wasPrerendered)) run.notes.push('prerendered');
        await stopAt(page, stop);
        tracesOf(fresh, await pictureOf(page)).forEach((what) => fault('traces', what));
        const answered = await page.evaluate(() => document.getElementById('aplikasi').innerText);
        const left = await leave(page, {
            browser, site, elsewhere, before, there,
            back: (from) => goTo(from, () => history.back(), there),
            forward: (from, url) => goTo(from, () => history.forward(), url),
            isKept: (from) => from.evaluate(() => (globalThis.wasKept ? 'kept' : 'loaded')),
        });
        run.notes.push(...(left.notes ?? []));
        (left.faults ?? []).forEach((what) => fault('traces', what));
        if (left.page) {
            const again = await pictureOf(left.page);
            differencesOf(fresh, again).forEach((what) => fault('answers', what));
            if (answered === fresh.screen) fault('stuck', 'nothing was answered');
            if (left.page !== page) await left.page.close();
        }
        const referers = elsewhere.requests.slice(first).map(({ headers }) => headers.referer ?? '');
        // A page names itself where it asks for its own icon.
        const foreign = referers.filter((referer) => referer && !referer.startsWith(elsewhere.origin));
        foreign.forEach((referer) => fault('referer', referer));
    } catch (error) {
        fault('stuck', error.message.split('\n')[0]);
    } finally {
        await page.close();
    }
}

const wasPrerendered = () => performance.getEntriesByType('navigation')[0].activationStart > 0;

async function activate(page, from, path) {
    await page.waitForTimeout(1_000);
    await page.evaluate((to) => setTimeout(() => document.querySelector(`a[href="${to}"]`).click()), path);
    await page.waitForURL(new URL(path, from).href);
}

/** Answers some questions: none but the first, a few, many, all to the check, to the result, to a place. */
async function stopAt(page, stop) {
    const random = chance(stop * 7 + 1);
    const questions = [1, 3, 9 + Math.floor(random() * 9)][stop];
    if (questions !== undefined) {
        await page.evaluate(async ([count, seed]) => {
            const by = globalThis.hand.chance(seed);
            for (let step = 0; step < count && globalThis.hand.radios().length > 0; step += 1) {
                await globalThis.hand.answerOne(by);
            }
            // One more is marked, and not yet committed.
            if (globalThis.hand.radios().length > 0) await globalThis.hand.choose(0);
        }, [questions, stop]);
        return;
    }
    await page.evaluate((seed) => globalThis.hand.toResult(seed), stop);
    if (stop > 3) await page.evaluate(() => globalThis.hand.choosePlace([9, 1]));
}

/** All that can be seen of the page, and how the browser knows it. */
async function pictureOf(page) {
    await page.locator('#aplikasi h1').waitFor({ timeout: PATIENCE_MS });
    return page.evaluate(() => ({
        html: document.body.outerHTML,
        root: document.documentElement.className,
        screen: document.getElementById('aplikasi').innerText,
        marked: [...document.querySelectorAll('input')].filter(({ checked }) => checked).length,
        values: [...document.querySelectorAll('select')].map(({ selectedIndex }) => selectedIndex).join(),
        url: location.href,
        historyLength: history.length,
        historyState: JSON.stringify(history.state),
        name: window.name,
        storage: (() => { try { return localStorage.length + sessionStorage.length + document.cookie; } catch { return '0'; } })(),
    }));
}

const VISIBLE = ['html', 'root', 'screen', 'marked', 'values'];
const TRACES = ['url', 'historyLength', 'historyState', 'name', 'storage'];

const changed = (fields, one, other) => fields.filter((field) => one[field] !== other[field])
    .map((field) => `${field}: ${String(other[field]).slice(0, 80)}`);
const differencesOf = (fresh, again) => changed(VISIBLE, fresh, again);
const tracesOf = (fresh, later) => changed(TRACES, fresh, later);
