// Size and start: the sealed document as transferred, and how soon it answers on a slow phone.

import { cpus, loadavg } from 'node:os';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { PHONE, launch } from '../browser/browser.mjs';
import { serveSite } from '../browser/server.mjs';
import { DIST } from '../browser/site.mjs';
import { atMost, told } from './figures.mjs';
import { SEALED, textOf } from './sealed.mjs';

const KB = 1024;
const LIMITS = { brotliKb: 90, gzipKb: 110, startMs: 2_500, effectMs: 50 };
/** 1.6 Mbit/s, 150 ms, a processor six times slower. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const CPU_SLOWDOWN = 6;
const STARTS = { whole: 9, sample: 1 };
/** Questions answered in each start, each giving one time for the mark and one for the step on. */
const CHOICES = 8;

export const name = 'size';
export const title = 'Size and start';

export async function measure({ isSample }) {
    const sizes = SEALED.flatMap((path) => {
        const { raw, gzip, brotli } = sizesOf(path);
        return [
            told(`${path}, uncompressed`, `${kb(raw)} KB`),
            atMost(`${path}, brotli -q 11`, kb(brotli), LIMITS.brotliKb, ' KB'),
            atMost(`${path}, gzip -9`, kb(gzip), LIMITS.gzipKb, ' KB'),
        ];
    });
    const starts = isSample ? STARTS.sample : STARTS.whole;
    const { start, marks, steps } = await times(starts);
    // A machine that does other things besides says little about time.
    const inTime = (what, found, limit) => (isSample ? told(what, `${found} ms`) : atMost(what, found, limit, ' ms'));
    return {
        figures: [
            ...sizes,
            inTime(`first question answerable, median of ${starts} cold starts`, median(start), LIMITS.startMs),
            told('the slowest of them', `${Math.max(...start)} ms`),
            inTime(`a choice shows its effect, median of ${marks.length}`, median(marks), LIMITS.effectMs),
            told('95 of 100 within', `${quantile(marks, 0.95)} ms`),
            told(`“Lanjut” shows the next question, median of ${steps.length}`, `${median(steps)} ms`),
        ],
        notes: [
            'KB: 1024 bytes. Network and processor are slowed by the DevTools protocol: 1.6 Mbit/s, 150 ms, 6×; served with brotli, cold cache.',
            'The first question comes after the opening and the question about age; both are left as soon as they stand there.',
            `Load of the machine while measuring: ${loadavg().map((load) => load.toFixed(1)).join(', ')} on ${cpus().length} processors.`,
            'From the input event to the task after the next frame, so that what was painted is counted in.',
        ],
    };
}

const kb = (bytes) => Math.round((bytes / KB) * 10) / 10;

function sizesOf(path) {
    const text = Buffer.from(textOf(path));
    return { raw: text.length, gzip: gzipSync(text, { level: 9 }).length, brotli: brotli(text).length };
}

function brotli(text) {
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
    return brotliCompressSync(text, {
        params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: text.length },
    });
}

async function times(starts) {
    const ready = new Map(SEALED.map((path) => [path, brotli(Buffer.from(textOf(path)))]));
    const dress = ({ path, headers, body }) => (ready.has(path)
        ? { headers: { ...headers, 'content-encoding': 'br' }, body: ready.get(path) }
        : { headers, body });
    const site = await serveSite(DIST, { dress });
    const browser = await launch();
    const found = { start: [], marks: [], steps: [] };
    try {
        for (let count = 0; count < starts; count += 1) {
            const { start, marks, steps } = await oneStart(browser, site.origin + SEALED[0]);
            found.start.push(start);
            found.marks.push(...marks);
            found.steps.push(...steps);
        }
    } finally {
        await browser.close();
        await site.close();
    }
    return found;
}

async function oneStart(browser, url) {
    const context = await browser.newContext({ viewport: PHONE });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', NETWORK);
    await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    await page.addInitScript(hurry);
    await page.goto(url);
    await page.waitForFunction(() => globalThis.firstQuestionMs > 0);
    const start = await page.evaluate(() => Math.round(globalThis.firstQuestionMs));
    const marks = [];
    const steps = [];
    for (let count = 0; count < CHOICES; count += 1) {
        marks.push(await timeOf(page, '#aplikasi label.pilihan >> nth=0', 'change'));
        steps.push(await timeOf(page, '#aplikasi button.tombol:not(.kedua)', 'click'));
    }
    await context.close();
    return { start, marks, steps };
}

/** Runs in the page before its scripts: goes to the first question as soon as it lets one. */
function hurry() {
    let radioScreens = 0;
    let heading = '';
    const look = () => {
        const app = document.getElementById('aplikasi');
        const title = app?.querySelector('h1')?.textContent ?? '';
        if (title === '' || title === heading) return;
        heading = title;
        const radio = app.querySelector('input[type=radio]');
        if (radio) radioScreens += 1;
        if (radioScreens === 2) {
            watcher.disconnect();
            requestAnimationFrame(() => { globalThis.firstQuestionMs = performance.now(); });
            return;
        }
        radio?.click();
        setTimeout(() => app.querySelector('button.tombol:not(.kedua)').click());
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { childList: true, subtree: true });
}

/** From a click on the target to the task after the frame that shows what `event` did. */
async function timeOf(page, target, event) {
    await page.evaluate((awaited) => {
        globalThis.shownMs = new Promise((resolve) => {
            addEventListener('pointerdown', ({ timeStamp: pressed }) => {
                addEventListener(awaited, ({ timeStamp }) => requestAnimationFrame(() => {
                    const { port1, port2 } = new MessageChannel();
                    port1.onmessage = () => resolve(performance.now() - (timeStamp || pressed));
                    port2.postMessage(0);
                }), { capture: true, once: true });
            }, { capture: true, once: true });
        });
    }, event);
    await page.locator(target).click();
    return Math.round(await page.evaluate(() => globalThis.shownMs));
}

function quantile(values, share) {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const median = (values) => quantile(values, 0.5);
