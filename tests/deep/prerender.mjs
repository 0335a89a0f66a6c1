// Leaving, where the browser had rendered the screening before anyone asked for it. A browser whose tab
// is spoken to does not prerender, so the page before goes on by itself, and nobody speaks to the tab
// until then.

import { until } from '../browser/browser.mjs';
import { serveSite } from '../browser/server.mjs';
import { DIST } from '../browser/site.mjs';
import { startChromium } from './devtools.mjs';
import { differencesOf, pictureOf, tracesOf } from './picture.mjs';
import { withProfile } from './profile.mjs';
import { SEALED } from './sealed.mjs';
import { goToFirstQuestion, stopAt } from './walker.mjs';

const PRERENDERING = '/prarender';
/** How long a browser may take to prerender. */
const PATIENCE_MS = 1_000;

/** One run for each stop and language: prerendered, opened, answered, left, Back. */
export async function prerenderedRuns({ host, dress, stops }) {
    const site = await serveSite(DIST, {
        dress: (answer) => (answer.path.startsWith(PRERENDERING)
            ? prerendering(answer.path.slice(PRERENDERING.length))
            : dress(answer)),
    });
    const runs = SEALED.flatMap((path) => Array.from({ length: stops }, (_, stop) =>
        ({ host, way: 'prerendered, away and Back', path, stop, notes: [], faults: [] })));
    await withProfile(async (folder) => {
        const chromium = await startChromium(folder);
        for (const run of runs) await oneRun(chromium, site, run);
        await chromium.close();
    });
    await site.close();
    return runs;
}

/** A page that prerenders the screening at `path`, and goes there after a while. */
function prerendering(path) {
    const rules = JSON.stringify({ prerender: [{ source: 'list', urls: [path], eagerness: 'immediate' }] });
    const scripts = `<script type="speculationrules">${rules}</script>`
        + `<script>setTimeout(() => { location.href = '${path}'; }, ${PATIENCE_MS})</script>`;
    return {
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: `<!doctype html><html lang="id"><title>x</title><p>x</p>${scripts}`,
    };
}

async function oneRun(chromium, site, run) {
    const { path, stop } = run;
    const { targetId } = await chromium.send('Target.createTarget', { url: site.origin + PRERENDERING + path });
    const there = site.origin + path;
    await until(async () => (await chromium.tabs()).some((tab) => tab.targetId === targetId && tab.url === there), there);
    const tab = await chromium.attach(targetId);
    const fault = (kind, what) => run.faults.push({ kind, what });
    try {
        const fresh = await pictureOf(tab);
        if (await tab.evaluate(() => performance.getEntriesByType('navigation')[0].activationStart > 0)) {
            run.notes.push('prerendered');
        }
        await goToFirstQuestion(tab);
        await stopAt(tab, stop);
        tracesOf(fresh, await pictureOf(tab)).forEach((what) => fault('traces', what));
        await tab.goto(`${site.origin}/darurat/`);
        await tab.evaluate(() => { setTimeout(() => history.back()); });
        await tab.waitFor((to) => location.pathname === to && document.querySelector('#aplikasi h1') !== null, path);
        differencesOf(fresh, await pictureOf(tab)).forEach((what) => fault('answers', what));
    } catch (error) {
        fault('stuck', error.message.split('\n')[0]);
    } finally {
        await tab.close();
    }
}
