// Silence: whole screenings with chosen-at-random answers and every place, and nothing on the network
// from the first question to the contacts. Every packet of the closed world is counted.

import { serveSite } from '../browser/server.mjs';
import { DIST } from '../browser/site.mjs';
import { startChromium } from './devtools.mjs';
import { atLeast, atMost, atMostNames, equal, told } from './figures.mjs';
import { withProfile } from './profile.mjs';
import { EXPECTED_LANGUAGES, SEALED } from './sealed.mjs';
import { toFirstQuestion } from './walker.mjs';
import { assertClosed, between, packets, serveNames } from './world.mjs';

const RUNS = { whole: 1_000, sample: 20 };

export const name = 'silence';
export const title = 'Silence: what is on the network between the first question and the result';

export async function measure({ isSample }) {
    assertClosed();
    const names = await serveNames();
    // Connections end with their answer: nothing of them is left when the first question comes.
    const dress = ({ headers, body }) => ({ headers: { ...headers, connection: 'close' }, body });
    const site = await serveSite(DIST, { dress });
    try {
        return await withProfile(async (folder) => {
            const chromium = await startChromium(folder);
            const runs = await runsOf(chromium, site, names, isSample ? RUNS.sample : RUNS.whole);
            await chromium.close();
            return judge(runs, isSample);
        });
    } finally {
        names.close();
        await site.close();
    }
}

async function runsOf(chromium, site, names, count) {
    const events = [];
    chromium.onEvent = (method, params) => {
        if (method === 'Network.requestWillBeSent') events.push(params.request.url);
    };
    const runs = [];
    const places = new Map();
    for (let seed = 0; seed < count; seed += 1) {
        const path = SEALED[seed % SEALED.length];
        const run = await oneRun({ chromium, site, names, events, path, seed, places });
        runs.push(run);
    }
    return runs;
}

async function oneRun({ chromium, site, names, events, path, seed, places }) {
    site.requests.length = 0;
    const tab = await chromium.open();
    await tab.send('Network.enable');
    await toFirstQuestion(tab, site.origin + path);
    await site.idle();
    events.length = 0;
    const at = { requests: site.requests.length, names: names.lookups.length, packets: packets() };
    const options = await tab.evaluate((by) => globalThis.hand.toResult(by), seed);
    if (!places.has(path)) places.set(path, await tab.evaluate(() => globalThis.hand.places()));
    const offered = places.get(path);
    const place = Math.floor(seed / SEALED.length) % offered.length;
    await tab.evaluate((chosen) => globalThis.hand.choosePlace(chosen), offered[place]);
    const run = {
        path,
        place: `${path} ${offered[place]}`,
        offered: offered.length,
        options: options.join(''),
        requests: [...site.requests.slice(at.requests).map(({ url }) => url), ...events],
        lookups: names.lookups.slice(at.names),
        packets: between(at.packets, packets()),
        log: JSON.stringify(site.requests.map(({ method, url, headers }) => [method, url, headers])),
    };
    await tab.close();
    return run;
}

function judge(runs, isSample) {
    const [first] = runs;
    const all = (kind) => runs.flatMap((run) => run[kind]);
    const sent = (kind) => runs.reduce((sum, run) => sum + run.packets[kind], 0);
    const logs = new Set(runs.map(({ path, log }) => log.replaceAll(path, '')));
    const offered = new Map(runs.map((run) => [run.path, run.offered]));
    const places = [...offered.values()].reduce((sum, count) => sum + count, 0);
    const chosen = new Set(runs.map(({ place }) => place)).size;
    return {
        figures: [
            atLeast('complete runs', runs.length, isSample ? RUNS.sample : RUNS.whole),
            told('different answers among them', new Set(runs.map(({ options }) => options)).size),
            equal('languages', offered.size, EXPECTED_LANGUAGES),
            atLeast('places chosen at the end', chosen, isSample ? 1 : places),
            atMostNames('requests', [...new Set(all('requests'))], 0),
            atMostNames('DNS look-ups', [...new Set(all('lookups'))], 0),
            atMost('TCP segments', sent('tcp'), 0),
            atMost('UDP datagrams', sent('udp'), 0),
            atMost('packets of any kind', sent('all'), 0),
            atMostNames('runs with a packet', runs.filter((run) => run.packets.all > 0)
                .map((run) => `${run.place}: ${JSON.stringify(run.packets)}`), 0),
            equal('different server logs of a run, the page’s path aside', logs.size, 1),
        ],
        notes: [
            `The log of every run: \`${first.log.replaceAll(first.path, 'PATH').slice(0, 400)}\``,
            'Packets are those of all devices of a network namespace in which only the browser and the server live; every address and every name leads back into it.',
            'What Chromium asks its maker of its own accord is switched off (devtools.mjs); nothing of it depends on the page.',
        ],
    };
}
