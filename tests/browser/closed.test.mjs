// What the headers close and what must go on working under them; the quick exit by click and by key.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertQuiet, launch, until, visit } from './browser.mjs';
import { serveElsewhere, serveSite } from './server.mjs';
import { BETWEEN, DIST, SCREENING, settings, templateWord, word } from './site.mjs';

const LIMIT = { timeout: 120_000 };
const ARTICLE = '/keluarga/';
let browser;
let site;
let elsewhere;

before(async () => {
    elsewhere = await serveElsewhere();
    const rewrite = (text) => text.replaceAll(settings.keluar, `${elsewhere.origin}/`);
    [site, browser] = await Promise.all([serveSite(DIST, { rewrite }), launch()]);
});

after(async () => {
    await browser?.close();
    await Promise.all([site?.close(), elsewhere?.close()]);
});

/** Opens the screening and waits for its first screen. */
async function screening(world = site, program = browser, options = {}) {
    const visited = await visit(program, world.origin + SCREENING, options);
    await visited.page.locator('#aplikasi h1').waitFor();
    return visited;
}

/** Puts a link at the head of the page and clicks it. */
async function clickLink(page, href) {
    await page.evaluate((to) => {
        const link = document.createElement('a');
        link.href = to;
        link.textContent = to;
        document.querySelector('main').prepend(link);
    }, href);
    await page.getByText(href, { exact: true }).click({ noWaitAfter: true });
}

describe('under its headers the screening', () => {
    test('has no storage and no origin of its own', LIMIT, async () => {
        const { page, close } = await screening();
        const seen = await page.evaluate(() => {
            const fault = (look) => {
                try {
                    return look() ?? 'nothing';
                } catch ({ name }) {
                    return name;
                }
            };
            return {
                origin,
                faults: [
                    () => document.cookie, () => localStorage, () => sessionStorage, () => caches,
                    () => navigator.serviceWorker,
                ].map(fault),
            };
        });
        assert.deepEqual(seen, { origin: 'null', faults: Array(5).fill('SecurityError') });
        await close();
    });

    test('has no way to speak to another machine directly, and none to open a window', LIMIT, async () => {
        const { page, close } = await screening();
        const left = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'open'];
        assert.deepEqual(await page.evaluate((names) => names.filter((name) => name in window), left), []);
        await close();
    });

    test('prints', LIMIT, async () => {
        const visited = await screening();
        const isPrinted = await visited.page.evaluate(() => {
            let asked = false;
            addEventListener('beforeprint', () => { asked = true; });
            window.print();
            return asked;
        });
        assert.ok(isPrinted);
        assertQuiet(visited);
        await visited.close();
    });

    test('leads to own pages, and tells them not where from', LIMIT, async () => {
        const visited = await screening();
        await visited.page.getByRole('link', { name: word('tautan.privasi') }).first().click();
        await visited.page.waitForURL('**/tentang/privasi/');
        const asked = site.requests.findLast(({ url }) => url === '/tentang/privasi/');
        assert.equal(asked.headers.referer, undefined);
        assertQuiet(visited);
        await visited.close();
    });

    test('stays where it is when a number is dialled', LIMIT, async () => {
        const { page, close } = await screening();
        await clickLink(page, 'tel:119');
        await new Promise((resolve) => setTimeout(resolve, 500));
        assert.equal(page.url(), site.origin + SCREENING);
        assert.equal(await page.locator('#aplikasi h1').isVisible(), true);
        await close();
    });

    test('reaches no other host, not even by a link', LIMIT, async () => {
        const { page, close } = await screening();
        const first = elsewhere.requests.length;
        await clickLink(page, `${elsewhere.origin}/?jawaban=1`);
        await until(() => page.url().startsWith('chrome-error:'), 'the error page');
        assert.equal(elsewhere.requests.length, first);
        await close();
    });
});

// Headless Chromium hands mailto: links over without asking, tel: links only after a question that
// nobody can answer. The way to the other program is the same; so is the header, but for the word.
describe('a link to another program', () => {
    let folder;
    let log;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), 'bersinar-'));
        log = join(folder, 'log');
        writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$@" >>"${log}"\n`);
        chmodSync(join(folder, 'xdg-open'), 0o755);
    });
    after(() => rmSync(folder, { recursive: true }));

    for (const [allowed, isHandedOver] of [['(response-origin "mailto:*")', true], ['(response-origin)', false]]) {
        test(`is ${isHandedOver ? 'handed over' : 'an error page'} with ${allowed}`, LIMIT, async (t) => {
            rmSync(log, { force: true });
            const reheader = (headers) => (headers['connection-allowlist']
                ? { ...headers, 'connection-allowlist': allowed }
                : headers);
            const world = await serveSite(DIST, { reheader });
            t.after(world.close);
            const program = await launch({ env: { ...process.env, PATH: `${folder}:${process.env.PATH}` } });
            t.after(() => program.close());
            const { page } = await screening(world, program);
            await clickLink(page, 'mailto:a@contoh.example');
            if (isHandedOver) {
                await until(() => existsSync(log), 'the other program');
                assert.equal(readFileSync(log, 'utf8'), 'mailto:a@contoh.example\n');
                assert.equal(page.url(), world.origin + SCREENING);
            } else {
                await until(() => page.url().startsWith('chrome-error:'), 'the error page');
                assert.equal(existsSync(log), false);
            }
        });
    }
});

describe('the quick exit', () => {
    test('of the screening works without a script, by the page between', LIMIT, async () => {
        const visited = await visit(browser, site.origin + SCREENING, { javaScriptEnabled: false });
        const { page } = visited;
        const exit = page.locator('#keluar');
        assert.equal(await exit.getAttribute('href'), BETWEEN);
        const first = elsewhere.requests.length;
        await exit.click();
        await page.waitForURL(`${elsewhere.origin}/`);
        const asked = elsewhere.requests.slice(first).filter(({ url }) => url === '/');
        assert.deepEqual(asked.map(({ headers }) => headers.referer), [undefined], 'once, and without a referrer');
        await visited.close();
    });

    test('gives the page between no place in the history', LIMIT, async () => {
        const visited = await visit(browser, site.origin + ARTICLE);
        const { page } = visited;
        await page.goto(site.origin + SCREENING);
        await page.locator('#keluar').click();
        await page.waitForURL(`${elsewhere.origin}/`);
        await page.goBack({ waitUntil: 'commit' });
        assert.equal(page.url(), site.origin + ARTICLE);
        assertQuiet(visited);
        await visited.close();
    });

    test('covers the page and takes its title at once, but not from paper', LIMIT, async (t) => {
        const slow = await serveElsewhere({ delayMs: 3_000 });
        t.after(slow.close);
        const world = await serveSite(DIST, { rewrite: (text) => text.replaceAll(settings.keluar, `${slow.origin}/`) });
        t.after(world.close);
        // While a page waits for the next one, Playwright cannot ask it anything: it tells by the console.
        const before = () => addEventListener('click', () => requestAnimationFrame(() => console.debug(JSON.stringify({
            title: document.title,
            isShown: document.querySelector('h1').checkVisibility(),
        }))));
        const { page, close } = await visit(browser, world.origin + ARTICLE, { before });
        const told = page.waitForEvent('console', (message) => message.type() === 'debug');
        await page.locator('#keluar').click({ noWaitAfter: true });
        const left = JSON.parse((await told).text());
        assert.deepEqual(left, { title: templateWord('keluar.judul'), isShown: false });
        await close();
        const paper = await visit(browser, world.origin + ARTICLE);
        await paper.page.evaluate(() => document.documentElement.classList.add('tertutup'));
        assert.equal(await paper.page.locator('h1').isVisible(), false);
        await paper.page.emulateMedia({ media: 'print' });
        assert.equal(await paper.page.locator('h1').isVisible(), true);
        await paper.close();
    });

    test('leaves no blank page behind that the browser kept', LIMIT, async () => {
        const other = await launch({ keepsPages: true });
        try {
            const before = () => addEventListener('pageshow', (event) => { globalThis.wasKept = event.persisted; });
            const { page } = await visit(other, site.origin + ARTICLE, { before });
            const title = await page.title();
            // An exit that another browser would take as a plain link: the page stays in the history.
            await page.evaluate(() => {
                document.documentElement.classList.add('tertutup');
                document.title = 'x';
            });
            await page.goto(`${elsewhere.origin}/`);
            await page.evaluate(() => setTimeout(() => history.back()));
            await page.waitForURL(site.origin + ARTICLE, { waitUntil: 'commit' });
            await until(() => page.locator('h1').isVisible(), 'the page');
            assert.equal(await page.evaluate(() => globalThis.wasKept), true);
            assert.equal(await page.title(), title);
        } finally {
            await other.close();
        }
    });
});

describe('Shift, three times', () => {
    const press = async (page, keys) => {
        for (const key of keys) await page.keyboard.press(key);
    };
    const THREE = ['Shift', 'Shift', 'Shift'];

    for (const path of [ARTICLE, SCREENING]) {
        test(`leaves ${path}`, LIMIT, async () => {
            const visited = await visit(browser, site.origin + path);
            const { page } = visited;
            const told = page.locator('#pintas');
            assert.ok((await told.textContent()).includes(templateWord('umum.pintas')), 'it is said in words');
            assert.equal(await told.isVisible(), true);
            await press(page, THREE);
            await page.waitForURL(`${elsewhere.origin}/`);
            assertQuiet(visited);
            await visited.close();
        });

        test(`can be switched off on ${path}, and on again`, LIMIT, async () => {
            const { page, close } = await visit(browser, site.origin + path);
            const button = page.getByRole('button', { name: templateWord('umum.pintas_tombol'), pressed: true });
            assert.ok((await button.boundingBox()).height >= 44);
            await button.focus();
            await page.keyboard.press('Enter');
            await assertStays(page, THREE);
            await page.getByRole('button', { name: templateWord('umum.pintas_tombol'), pressed: false }).click();
            await press(page, THREE);
            await page.waitForURL(`${elsewhere.origin}/`);
            await close();
        });
    }

    /** The keys do not lead away. */
    async function assertStays(page, keys) {
        const url = page.url();
        await press(page, keys);
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.equal(page.url(), url, keys.join(' '));
        assert.equal(await page.locator('h1').first().isVisible(), true);
    }

    test('does nothing among other keys, with other modifiers, too slowly, or held down', LIMIT, async () => {
        const { page, close } = await visit(browser, site.origin + ARTICLE);
        await assertStays(page, ['Shift', 'Shift', 'Tab', 'Shift', 'Shift']);
        await assertStays(page, ['Tab', 'Control+Shift', 'Control+Shift', 'Control+Shift']);
        await assertStays(page, ['Tab', 'Shift+A', 'Shift+B', 'Shift+C', 'Shift+Tab']);
        await assertStays(page, ['Shift', 'Shift']);
        await new Promise((resolve) => setTimeout(resolve, 2_100));
        await assertStays(page, ['Shift']);
        await new Promise((resolve) => setTimeout(resolve, 2_100));
        for (let repeat = 0; repeat < 5; repeat += 1) await page.keyboard.down('Shift');
        await page.keyboard.up('Shift');
        await assertStays(page, []);
        await close();
    });

    test('does nothing where one types or chooses, but does on a radio button', LIMIT, async () => {
        const { page, close } = await visit(browser, site.origin + ARTICLE);
        for (const tag of ['select', 'textarea', 'input']) {
            await page.evaluate((name) => {
                const field = document.createElement(name);
                document.querySelector('main').prepend(field);
                field.focus();
            }, tag);
            await assertStays(page, THREE);
        }
        await page.evaluate(() => {
            const radio = Object.assign(document.createElement('input'), { id: 'y', type: 'radio' });
            document.querySelector('main').prepend(radio);
            radio.focus();
        });
        await press(page, THREE);
        await page.waitForURL(`${elsewhere.origin}/`);
        await close();
    });

    test('is not talked of where there is no keyboard or no script', LIMIT, async () => {
        for (const options of [{ hasTouch: true, isMobile: true }, { javaScriptEnabled: false }]) {
            const { page, close } = await visit(browser, site.origin + ARTICLE, options);
            assert.equal(await page.locator('#pintas').isVisible(), false, JSON.stringify(options));
            await close();
        }
    });
});
