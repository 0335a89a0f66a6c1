// Leaving: after every way of leaving and coming back, the page is as it was when it was first opened,
// and the place one leaves for does not learn from where.

import { fileURLToPath } from 'node:url';
import { launchProfile } from '../browser/browser.mjs';
import { serveElsewhere, serveSite } from '../browser/server.mjs';
import { DIST, settings } from '../browser/site.mjs';
import { atLeast, atMostNames } from './figures.mjs';
import { SEALED } from './sealed.mjs';
import { differencesOf, pictureOf, tracesOf } from './picture.mjs';
import { prerenderedRuns } from './prerender.mjs';
import { goToFirstQuestion, stopAt } from './walker.mjs';

const EXTENSION = fileURLToPath(new URL('duplicator', import.meta.url));
const STOPS = { whole: 6, sample: 1 };
const PATIENCE_MS = 10_000;
/** For one run; a page that the browser has frozen answers no question, ever. */
const RUN_MS = 120_000;

export const name = 'leaving';
export const title = 'Leaving: Back, forward, reload, duplicate, prerender, exit';

/** How a host serves the pages. */
const HOSTS = {
    'by meta': ({ headers, body }) => ({ headers: { 'content-type': headers['content-type'] }, body }),
    'with headers': (answer) => answer,
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
    for (const [host, dress] of Object.entries(HOSTS)) {
        runs.push(...await prerenderedRuns({ host, dress, stops: isSample ? STOPS.sample : STOPS.whole }));
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
    const site = await serveSite(DIST, { rewrite, dress });
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
                    const run = { host: `${host}${keepsPages ? ', cache' : ''}`, way, stop, notes: [], faults: [] };
                    await inTime(oneRun({ browser, site, elsewhere, path, stop, leave, run }), run);
                    runs.push(run);
                }
            }
        }
    } finally {
        await browser.close();
        await Promise.all([site.close(), elsewhere.close()]);
    }
    return runs;
}

/** Waits for a run, but not for ever: one that hangs is a fault, and the next one begins. */
async function inTime(running, run) {
    let timer;
    const tooLong = new Promise((resolve) => {
        timer = setTimeout(() => resolve(run.faults.push({ kind: 'stuck', what: 'it took too long' })), RUN_MS);
    });
    await Promise.race([running, tooLong]);
    clearTimeout(timer);
}

async function oneRun({ browser, site, elsewhere, path, stop, leave, run }) {
    const page = await browser.newPage();
    await page.addInitScript(() => addEventListener('pageshow', (event) => { globalThis.wasKept = event.persisted; }));
    const there = site.origin + path;
    const before = `${site.origin}/tentang/privasi/`;
    const first = elsewhere.requests.length;
    const fault = (kind, what) => run.faults.push({ kind, what });
    try {
        await page.goto(before);
        await page.goto(there);
        const fresh = await pictureOf(page);
        await goToFirstQuestion(page);
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
