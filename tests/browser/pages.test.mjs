// The information pages: light, quiet, alone, and usable by keyboard, without a script, on paper.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { NARROW, launch, overflowOf, tabThrough, toTop, visit } from './browser.mjs';
import { named } from './cases.mjs';
import { serveElsewhere, serveSite } from './server.mjs';
import { DIST, KINDS, SCREENING, builtPages, isClosed, settings, templateWord } from './site.mjs';
import { mouse, choosePlace, toResult } from './walk.mjs';

const REQUESTS_LIMIT = 3;
const PAGE_LIMIT_BYTES = 14 * 1024;
const SCREENING_LIMIT_BYTES = 110 * 1024;
const LIMIT = { timeout: 120_000 };

let browser;
let site;
let elsewhere;

before(async () => {
    elsewhere = await serveElsewhere();
    [site, browser] = await Promise.all([serveSite(DIST), launch()]);
});

after(async () => {
    await browser?.close();
    await Promise.all([site?.close(), elsewhere?.close()]);
});

/** The page of a kab/kota: all are made from one template and one list, and differ in their names. */
const isRegency = (path) => /^(\/en)?\/wilayah\/[^/]+\/[^/]+\/$/.test(path);
/** Of those, one in so many is opened; the generator weighs each of them, and vnu reads each. */
const REGENCIES_PER_VISIT = 10;
const open = builtPages().map(({ path }) => path).filter((path) => !isClosed(path));
const regencies = open.filter(isRegency).filter((_, place) => place % REGENCIES_PER_VISIT === 0);
const informationPages = [...open.filter((path) => !isRegency(path)), ...regencies];
/** nginx answers the page of what is not there as what is not there, also by its own name. */
const isNoComplaint = (path, complaint) => path === '/404.html' && complaint.includes('status of 404');
/** The page before the one that is left. */
const BEFORE = '/keluarga/';
const kinds = Object.entries(KINDS);

describe('every information page', () => {
    const sizes = new Map();

    async function compressedSize(url) {
        if (!sizes.has(url)) {
            const body = Buffer.from(await (await fetch(url)).arrayBuffer());
            sizes.set(url, brotliCompressSync(body).length);
        }
        return sizes.get(url);
    }

    /** What is wrong with the page that is open. */
    async function faultsOf(page, path, { requests, complaints }) {
        const faults = complaints.filter((complaint) => !isNoComplaint(path, complaint));
        const foreign = requests.filter((url) => !url.startsWith(`${site.origin}/`));
        if (foreign.length > 0) faults.push(`asks other hosts: ${foreign}`);
        if (requests.length > REQUESTS_LIMIT) faults.push(`${requests.length} requests: ${requests}`);
        const own = requests.filter((url) => !foreign.includes(url));
        const weights = await Promise.all(own.map(compressedSize));
        const weight = weights.reduce((sum, size) => sum + size, 0);
        if (weight > PAGE_LIMIT_BYTES) faults.push(`${weight} bytes compressed`);
        if ((await overflowOf(page)) > 0) faults.push('scrolls sideways at 320 px');
        const seen = await page.evaluate(() => ({
            headings: [...document.querySelectorAll('h1')].filter((heading) => heading.checkVisibility()).length,
            exit: document.getElementById('keluar')?.getAttribute('href'),
            cookie: document.cookie,
            stored: localStorage.length + sessionStorage.length,
        }));
        if (seen.headings !== 1) faults.push(`${seen.headings} h1`);
        if (seen.exit !== settings.keluar) faults.push(`the quick exit leads to ${seen.exit}`);
        if (seen.cookie !== '' || seen.stored > 0) faults.push('stores something');
        await page.keyboard.press('Tab');
        const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
        if (first !== '#isi') faults.push(`the first Tab leads to ${first}, not to the skip link`);
        return { faults, weight };
    }

    test('is light, quiet, asks no other host, fits 320 px, starts with its skip link', LIMIT, async () => {
        const faults = [];
        let heaviest = { weight: 0 };
        const visited = await visit(browser, 'about:blank', { viewport: NARROW });
        const { page, requests, complaints } = visited;
        for (const path of informationPages) {
            requests.length = 0;
            complaints.length = 0;
            await page.goto(site.origin + path);
            const found = await faultsOf(page, path, visited);
            faults.push(...found.faults.map((fault) => `${path}: ${fault}`));
            if (found.weight > heaviest.weight) heaviest = { path, weight: found.weight };
        }
        console.log(`heaviest page: ${heaviest.path}, ${heaviest.weight} bytes`);
        assert.ok(informationPages.length > 100, 'the whole site is there');
        assert.deepEqual(faults, []);
        await visited.close();
    });

    test('the screening document weighs at most 110 KB', async () => {
        for (const path of [SCREENING, `/en${SCREENING}`]) {
            const body = Buffer.from(await (await fetch(site.origin + path)).arrayBuffer());
            const weight = brotliCompressSync(body).length;
            console.log(`screening document ${path}: ${weight} bytes`);
            assert.ok(weight <= SCREENING_LIMIT_BYTES, `${path}: ${weight} bytes`);
        }
    });
});

describe('each kind of page', () => {
    for (const [kind, path] of kinds) {
        test(`by keyboard: ${kind}`, LIMIT, async () => {
            const { page, close } = await visit(browser, site.origin + path);
            await assertReachable(page);
            await toTop(page);
            await page.keyboard.press('Tab');
            await page.keyboard.press('Enter');
            await page.keyboard.press('Tab');
            const inside = await page.evaluate(() => document.activeElement.closest('main') !== null);
            assert.ok(inside, 'the skip link leads into the main part');
            await close();
        });
    }

    test('by keyboard: the menu opened', LIMIT, async () => {
        const { page, close } = await visit(browser, site.origin, {});
        const summary = page.locator('summary');
        await summary.focus();
        await page.keyboard.press('Enter');
        assert.equal(await page.locator('.menu li').first().isVisible(), true);
        await assertReachable(page);
        await page.setViewportSize(NARROW);
        assert.ok((await overflowOf(page)) <= 0, 'no sideways scroll');
        await close();
    });

    test('by keyboard: the paper form', LIMIT, async () => {
        const { page, close } = await visit(browser, site.origin + SCREENING, { javaScriptEnabled: false });
        await assertReachable(page);
        await close();
    });

    test('by keyboard: the result with contacts', LIMIT, async () => {
        const { page, close } = await visit(browser, site.origin + SCREENING);
        await toResult(page, mouse(page), named('injecting on a few days').answers);
        await choosePlace(mouse(page), { choices: ['DKI Jakarta', 'Jakarta Utara', 'Pademangan – IBM Ancol'] });
        await assertReachable(page);
        await close();
    });

    for (const [kind, path] of kinds) {
        test(`on paper: ${kind}`, LIMIT, async () => {
            const { page, close } = await visit(browser, site.origin + path);
            await page.emulateMedia({ media: 'print' });
            const printed = await page.evaluate(() => ({
                hidden: ['#keluar', '.skip', '.menu', '.bawah nav']
                    .filter((part) => [...document.querySelectorAll(part)].some((found) => found.checkVisibility())),
                title: document.querySelector('h1').checkVisibility(),
            }));
            assert.deepEqual(printed, { hidden: [], title: true });
            await close();
        });
    }

    for (const [kind, path] of kinds) {
        for (const javaScriptEnabled of [true, false]) {
            test(`quick exit ${javaScriptEnabled ? 'with' : 'without'} a script: ${kind}`, LIMIT, () =>
                leave(path, javaScriptEnabled));
        }
    }

    /** Every stop of the keyboard is in sight, nothing is left out, and nothing holds the focus. */
    async function assertReachable(page) {
        const { stops, faults } = await tabThrough(page);
        assert.deepEqual(faults, []);
        assert.equal(stops[0].href, '#isi');
        assert.ok(stops.some(({ id }) => id === 'keluar'), 'the quick exit can be reached');
        const expected = await page.evaluate(() => {
            const all = [...document.querySelectorAll('a[href], button, select, summary, input, [tabindex="0"]')]
                .filter((target) => target.checkVisibility({ visibilityProperty: true }));
            const names = new Set(all.filter(({ type }) => type === 'radio').map(({ name }) => name));
            return all.filter(({ type }) => type !== 'radio').length + names.size;
        });
        // Chromium also stops at tables that scroll sideways within themselves.
        const controls = stops.filter(({ isScroller }) => !isScroller);
        assert.equal(controls.length, expected, 'every link and control is a stop of its own');
    }
});

/** From the home page to a page and out: no referrer; with a script the page is replaced. */
async function leave(path, javaScriptEnabled) {
    const { page, close } = await visit(browser, site.origin + BEFORE, { javaScriptEnabled });
    await page.goto(site.origin + path);
    await page.evaluate(([from, to]) => {
        const exit = document.getElementById('keluar');
        if (exit.href !== from) throw new Error(exit.href);
        exit.href = to;
    }, [settings.keluar, `${elsewhere.origin}/`]);
    const first = elsewhere.requests.length;
    const exit = page.getByRole('link', { name: templateWord('umum.keluar'), exact: true });
    assert.ok((await exit.boundingBox()).height >= 44);
    await exit.click();
    await page.waitForURL(`${elsewhere.origin}/`);
    assert.equal(elsewhere.requests[first].headers.referer, undefined);
    await page.goBack({ waitUntil: 'commit' });
    // Without a script the link is an ordinary one.
    assert.equal(page.url(), site.origin + (javaScriptEnabled ? BEFORE : path));
    await close();
}
