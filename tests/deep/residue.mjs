// Residue: Chromium is killed in the middle, on every kind of screen; nothing of the answers is in its
// profile, and a restored session begins afresh.

import { brotliCompressSync } from 'node:zlib';
import { until } from '../browser/browser.mjs';
import { serveSite } from '../browser/server.mjs';
import { DIST, areas, offices, screeningWordsIn, units } from '../browser/site.mjs';
import { startChromium } from './devtools.mjs';
import { atLeast, atMostNames, equal } from './figures.mjs';
import { SCREEN_KINDS, languageOf, textsOf } from './kinds.mjs';
import { differencesOf, pictureOf } from './picture.mjs';
import { withChromium, withProfile, withUsedProfile } from './profile.mjs';
import { SEALED } from './sealed.mjs';
import { wanderThrough } from './states.mjs';
import { textsFoundIn } from './stores.mjs';
import { chance, withHand } from './walker.mjs';

const KILLS = { whole: 108, sample: 4 };
const MOST_SEEDS = 400;
const AT_ONCE = 2;
/** Chromium writes its session a few seconds after a change. */
const LONGEST_WAIT_MS = 5_000;
/** Shorter texts could stand anywhere. */
const SHORTEST_TEXT = 12;
/** What Chromium puts before the state of a form, and the ids of the options. */
const FORM_STATE = ['serialized form state', 'pilihan-'];

export const name = 'residue';
export const title = 'Residue: what stays in the browser’s profile';

export async function measure({ isSample }) {
    const size = isSample ? 'sample' : 'whole';
    // In transfer and cache the page is compressed: its texts stand in no file unless they were shown.
    const dress = ({ headers, body }) => (String(headers['content-type']).startsWith('text/html')
        ? { headers: { ...headers, 'content-encoding': 'br' }, body: brotliCompressSync(body) }
        : { headers, body });
    const site = await serveSite(DIST, { dress });
    try {
        return await withUsedProfile((used) => measured(site, used, size));
    } finally {
        await site.close();
    }
}

async function measured(site, used, size) {
    const isSample = size === 'sample';
    const walks = await walksToEveryKind(site, isSample);
    const control = await isSeenByControl(site, used);
    const kills = await killAll(site, used, walks, KILLS[size]);
    const figures = [
        equal('control: a page that keeps a text is found out', control, true),
        atLeast('kills', kills.length, KILLS[size]),
        atMostNames('kinds of screens not covered', isSample ? [] : SCREEN_KINDS.filter((kind) =>
            !kills.some((kill) => kill.kind === kind)), 0),
        atMostNames('texts of the screening found in profiles', kills.flatMap(({ found }) => found), 0),
        atLeast('of these restored with the page in it', kills.filter(({ isRestored }) => isRestored).length, Math.floor(kills.length / 3)),
        atMostNames('restored, and not afresh', kills.flatMap(({ differences }) => differences), 0),
        atMostNames('did not get through', kills.flatMap(({ stuck }) => stuck), 0),
    ];
    return {
        figures,
        notes: [`Texts looked for: ${textsToFind('id').length} of each language (words, places, offices) and what Chromium puts before the state of a form.`],
    };
}

/** Texts that are on some screen, whole or as far as they are fixed. */
function textsToFind(language) {
    const words = textsOf(screeningWordsIn(language)).flatMap(([, text]) => text.split(/\{\w+\}/));
    const places = [...areas, ...offices, ...units].map(({ nama, judul }) => nama ?? judul);
    const long = [...words, ...places].map((text) => text.trim()).filter((text) => text.length >= SHORTEST_TEXT);
    // The title of the steps is meant to be in the history, and says nothing but how far one is.
    const titles = Object.values(screeningWordsIn(language).judul).flatMap((text) => text.split(/\{\w+\}/));
    return [...new Set([...long.filter((text) => !titles.includes(text)), ...FORM_STATE])];
}

/** For each kind of screen, walks that end on it. */
function walksToEveryKind(site, isSample) {
    return withProfile(async (folder) => {
        const chromium = await startChromium(folder);
        const walks = await wanderThrough(await chromium.open(), site.origin, {
            nameOf: ({ kind }) => kind,
            seeds: MOST_SEEDS,
            isEnough: (found) => isSample || SCREEN_KINDS.every((kind) => found.has(kind)),
        });
        await chromium.kill();
        return walks;
    });
}

/** A page that does keep something must be found out by the same means. */
function isSeenByControl(site, used) {
    const text = 'penanda-yang-tertinggal';
    return withChromium(used, async (chromium, folder) => {
        const tab = await chromium.open();
        await tab.goto(`${site.origin}/darurat/`);
        await tab.evaluate((kept) => history.replaceState(null, '', `#${kept}`), text);
        await until(() => textsFoundIn(folder, [text]).length > 0, 'the session to be saved', 30_000).catch(() => {});
        await chromium.kill();
        return textsFoundIn(folder, [text]).length > 0;
    });
}

async function killAll(site, used, walks, count) {
    const kinds = [...walks.keys()];
    const random = chance(count);
    const waiting = Array.from({ length: count }, (_, number) => {
        const choices = walks.get(kinds[number % kinds.length]);
        return { ...choices[Math.floor(random() * choices.length)], waitMs: (number % 2 === 0 ? 1 : random()) * LONGEST_WAIT_MS };
    });
    const kills = [];
    const worker = async () => {
        for (let walk = waiting.shift(); walk; walk = waiting.shift()) kills.push(await kill(site, used, walk));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return kills;
}

/** One life and death: open, wander, wait a little, SIGKILL, search, start again, look. */
async function kill(site, used, walk) {
    const { kind, path, seed, steps, waitMs } = walk;
    const where = (text) => `${kind} (${languageOf(path)}, seed ${seed}, ${steps} steps): ${text}`;
    const result = { ...walk, found: [], differences: [], stuck: [], isRestored: false };
    try {
        await withChromium(used, async (chromium, folder) => {
            const tab = await chromium.open();
            await tab.goto(site.origin + path);
            const fresh = await pictureOf(tab);
            await withHand(tab);
            await tab.evaluate((chosen) => globalThis.hand.wander(chosen), [seed, steps]);
            await new Promise((resolve) => setTimeout(resolve, waitMs));
            await chromium.kill();
            result.found = textsFoundIn(folder, textsToFind(languageOf(path))).map(where);
            const restored = await restoredPicture(site.origin + path, folder);
            result.isRestored = restored !== null;
            if (restored) result.differences = differencesOf(fresh, restored).map(where);
        });
    } catch (error) {
        result.stuck.push(where(error.message.split('\n')[0]));
    }
    return result;
}

/** The page in a restored session; null where the session was not saved in time. */
async function restoredPicture(url, folder) {
    const again = await startChromium(folder, ['--restore-last-session']);
    try {
        const restored = await until(async () =>
            (await again.tabs()).find((tab) => tab.url === url), 'the restored tab', 5_000).catch(() => null);
        return restored && await pictureOf(await again.attach(restored.targetId));
    } finally {
        await again.kill();
    }
}
