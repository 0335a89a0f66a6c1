// Egress: every channel is tried from inside the shipped page, after the first question has come, to
// the page's own origin and to a foreign one. A page without any policy is the control: a channel
// that does not arrive from there proves nothing.

import { launchProfile } from '../browser/browser.mjs';
import { within } from '../browser/within.mjs';
import { CHANNELS, add } from './channels.mjs';
import { atLeast, atMostNames, listed, told } from './figures.mjs';
import { SEALED, headersOf, textOf } from './sealed.mjs';
import { toFirstQuestion } from './walker.mjs';
import { assertClosed, serveNames, serveTrap, trapAt } from './world.mjs';

/** How long a channel may take to be seen. */
const PATIENCE_MS = 1_500;
const AT_ONCE = 6;
/** How long an attempt may take before the browser counts as hung, and how often it is then replaced. */
const LIMIT_MS = 60_000;
const NEW_BROWSERS = 2;
/** What stands in for a page without any policy. */
const OPEN_PAGE = '<!doctype html><html lang="id"><meta charset="utf-8"><title>x</title><body><p>x</p>';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const CONTROL = 'without policy';
const MODES = {
    [CONTROL]: () => ({ headers: HTML, body: OPEN_PAGE }),
    'by meta alone': () => ({ headers: HTML, body: textOf(SEALED[0]) }),
    'with headers': (origin) => ({ headers: { ...HTML, ...headersOf(SEALED[0], origin) }, body: textOf(SEALED[0]) }),
};
const TARGETS = ['same', 'foreign'];
const LIMITS = { channels: 48, 'by meta alone': 8, 'with headers': 1, foreign: 0 };

/** In the sample: one channel of each sort, those that are known to be hard among them. */
const SAMPLE = [
    'fetch', 'image', 'WebSocket', 'CSS url, adopted sheet', 'prefetch', 'dns-prefetch', 'WebRTC (STUN)',
    'worker from a blob', 'window.open', 'download', 'meta refresh', 'navigation',
];

export const name = 'egress';
export const title = 'Egress: what a page can send out';

export async function measure({ isSample }) {
    assertClosed();
    const channels = isSample ? CHANNELS.filter((channel) => SAMPLE.includes(channel.name)) : CHANNELS;
    const trials = channels.flatMap((channel) => TARGETS
        .filter((target) => !channel.only || channel.only === target)
        .flatMap((target) => Object.entries(MODES).map(([mode, served]) =>
            ({ channel, target, mode, served, isSealed: mode !== CONTROL }))));
    const names = await serveNames();
    const hung = [];
    try {
        for (let browsers = 0; browsers <= NEW_BROWSERS && unseen(trials).length > 0; browsers += 1) {
            await inOneBrowser((browser) => tryAll(browser, names, unseen(trials), hung));
        }
    } finally {
        names.close();
    }
    return judge(channels, trials, hung, isSample);
}

const unseen = (trials) => trials.filter(({ seen }) => !seen);

async function inOneBrowser(act) {
    const browser = await launchProfile({ moreArguments: ['--allow-loopback-in-peer-connection'] });
    try {
        await act(browser);
    } finally {
        // One that hangs does not close either; it ends with this program.
        await within(LIMIT_MS, 'closing the browser', browser.close()).catch(({ message }) => console.error(message));
    }
}

/**
 * Tries some at a time, the shy ones one by one, and writes down in each what was `seen`. After the
 * first to which the browser gives no answer none is begun; what was tried is added to `hung`.
 */
async function tryAll(browser, names, trials, hung) {
    const before = hung.length;
    const inTurn = async (waiting) => {
        for (let trial = waiting.shift(); trial && hung.length === before; trial = waiting.shift()) {
            await tryOne(browser, names, trial, hung);
        }
    };
    const together = trials.filter(({ channel }) => !channel.isShy);
    await Promise.all(Array.from({ length: AT_ONCE }, () => inTurn(together)));
    await inTurn(trials.filter(({ channel }) => channel.isShy));
}

async function tryOne(browser, names, trial, hung) {
    const step = { now: 'start' };
    try {
        trial.seen = await within(LIMIT_MS, 'the browser', attempt(browser, names, trial, step));
    } catch ({ message }) {
        const { channel, target, mode } = trial;
        hung.push(`${channel.name}, ${mode}, ${target}, at the ${step.now}: ${message.split('\n')[0]}`);
    }
}

let count = 0;

/**
 * What of one channel is seen at its target, one word for each thing. `served` makes the page that is
 * served; `step` tells how far this has come.
 */
async function attempt(browser, names, { channel, target, served, isSealed }, step) {
    count += 1;
    const number = count;
    const [site, foreign] = await Promise.all([serveTrap({ page: served }), serveTrap()]);
    const page = await browser.newPage();
    try {
        step.now = 'page';
        const url = `http://127.0.0.1:${site.port}${SEALED[0]}`;
        if (isSealed) await toFirstQuestion(page, url);
        else await page.goto(url);
        await page.waitForTimeout(200);
        // Browsers speculate about trustworthy hosts only; every name below "localhost" is one.
        const top = channel.name.startsWith('speculation') ? 'localhost' : 'asing.example';
        const to = target === 'same'
            ? { host: '127.0.0.1', port: site.port, trap: site }
            : { host: `k${number}.${top}`, port: foreign.port, trap: foreign };
        const before = to.trap.seen.length;
        step.now = 'channel';
        await act(page, channel, to);
        await page.waitForTimeout(PATIENCE_MS);
        const lookups = names.lookups.filter((asked) => asked === to.host).map(() => 'look-up');
        return [...new Set([...to.trap.seen.slice(before), ...lookups])];
    } finally {
        step.now = 'end';
        await page.close();
        await Promise.all([site.close(), foreign.close()]);
    }
}

async function act(page, { html, send, asks }, { host, port }) {
    const origin = `http://${host}:${port}`;
    // A page that leaves while it is spoken to is no fault here.
    const quietly = (promise) => promise.catch(() => {});
    if (html) {
        const extensions = [...html.matchAll(/\{(\w+)\}/g)].map(([, extension]) => extension);
        const addresses = Object.fromEntries(extensions.map((each) => [each, trapAt(origin, each)]));
        await quietly(page.evaluate(add, [html, addresses]));
    } else {
        const start = trapAt(origin, '');
        const call = `(${send})({ at: (extension) => ${JSON.stringify(start)} + extension, `
            + `host: ${JSON.stringify(host)}, port: ${port} })`;
        await quietly(page.evaluate(call));
    }
    if (asks) {
        const session = await page.context().newCDPSession(page);
        await quietly(session.send(asks));
    }
}

/**
 * Whether the other side learns anything. A connection to the own server with nothing in it does not
 * tell more than that the page is open; a name that is looked up, or whom one connects to, does.
 */
function tellsSomething(target, seen) {
    return seen.some((sign) => target === 'foreign' || sign !== 'connection');
}

function judge(channels, trials, hung, isSample) {
    const seen = (channel, target, mode) =>
        trials.find((trial) => trial.channel === channel && trial.target === target && trial.mode === mode)?.seen;
    const arrives = (channel, mode, targets = TARGETS) =>
        targets.some((target) => tellsSomething(target, seen(channel, target, mode) ?? []));
    const idle = channels.filter((channel) => !arrives(channel, CONTROL));
    const tried = channels.filter((channel) => !idle.includes(channel));
    const through = (mode, targets) => tried.filter((channel) => arrives(channel, mode, targets)).map(named);
    const meta = through('by meta alone');
    const headers = through('with headers');
    const foreign = through('with headers', ['foreign']);
    const bare = tried.map((channel) => [channel, seen(channel, 'same', 'with headers') ?? []])
        .filter(([, signs]) => signs.length > 0 && !tellsSomething('same', signs))
        .map(([channel]) => named(channel));
    const cell = (channel, target, mode) => {
        const found = seen(channel, target, mode);
        if (!found) return '';
        return found.length > 0 ? found.join(', ') : '–';
    };
    const columns = Object.keys(MODES).flatMap((mode) => TARGETS.map((target) => [mode, target]));
    return {
        figures: [
            atMostNames('trials without an answer of the browser', unseen(trials).map(({ channel }) => named(channel)), 0),
            atLeast('channels tried', tried.length, isSample ? channels.length : LIMITS.channels),
            atMostNames('channels that do not work even without a policy', idle.map(named), 0),
            atMostNames('reach a server, by `<meta>` alone', meta, LIMITS['by meta alone']),
            atMostNames('reach a server, with headers', headers, LIMITS['with headers']),
            atMostNames('reach a foreign host, with headers', foreign, LIMITS.foreign),
            told('open an empty connection to the own server, with headers', listed(bare)),
        ],
        notes: hung.map((trial) => `Did not get through, and was tried again in a new browser: ${trial}`),
        table: {
            columns: ['channel', ...columns.map(([mode, target]) => `${mode}, ${target}`)],
            rows: channels.map((channel) => [channel.name, ...columns.map(([mode, target]) => cell(channel, target, mode))]),
        },
    };
}

const named = (channel) => channel.name;
