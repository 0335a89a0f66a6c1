// Leaving the screening: by the quick exit, by a link, by reloading. Nothing comes back.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertQuiet, launch, until, visit } from './browser.mjs';
import { PLACES, named } from './cases.mjs';
import { planOf } from './instrument.mjs';
import { assertContacts, readContacts } from './result.mjs';
import { serveElsewhere, serveSite } from './server.mjs';
import { BETWEEN, DIST, SCREENING, settings, templateWord, word } from './site.mjs';
import { answer, arrive, choosePlace, enter, list, mouse, privately, screen, toResult } from './walk.mjs';

const LIMIT = { timeout: 120_000 };
const EXIT = settings.keluar;
const world = {};
let site;
let elsewhere;

before(async () => {
    elsewhere = await serveElsewhere();
    // The exit leads to a second origin here, so that its requests can be looked at.
    const rewrite = (text) => text.replaceAll(EXIT, `${elsewhere.origin}/`);
    [site, world.browser] = await Promise.all([serveSite(DIST, { rewrite }), launch()]);
    world.site = site;
});

after(async () => {
    await world.browser?.close();
    await Promise.all([site?.close(), elsewhere?.close()]);
});

describe('leaving', () => {
    /** No answer is left: the opening stands there, and every question comes unanswered. */
    async function assertForgotten(page) {
        await until(async () => (await screen(page)).title === word('buka.judul'), 'the opening');
        assert.equal(await page.locator('#aplikasi input:checked').count(), 0);
        const by = mouse(page);
        await enter(page, by);
        for (const step of planOf({})) await answer(page, by, step);
    }

    async function answerSome(page) {
        const by = mouse(page);
        await enter(page, by);
        for (const step of planOf(named('high, and a sedative above low').answers).slice(0, 14)) {
            await answer(page, by, step);
        }
    }

    for (const keepsPages of [true, false]) {
        const cache = keepsPages ? 'with the back-forward cache' : 'without the back-forward cache';
        test(`Back, ${cache}: no answer is left`, LIMIT, async () => {
            const other = await launch({ keepsPages });
            try {
                for (const target of [elsewhere.origin, `${site.origin}/darurat/`]) {
                    const before = () => addEventListener('pageshow', (event) => {
                        globalThis.wasKept = event.persisted;
                    });
                    const visited = await visit(other, site.origin + SCREENING, { before });
                    const { page } = visited;
                    await answerSome(page);
                    await page.goto(target);
                    await goBack(page, SCREENING);
                    const wasKept = await until(() => page.evaluate(() => globalThis.wasKept?.toString()), 'the page');
                    assert.equal(wasKept, String(keepsPages), 'the cache is what it should be');
                    await assertForgotten(page);
                    assertQuiet(visited);
                    await visited.close();
                }
            } finally {
                await other.close();
            }
        });
    }

    test('from the result, Back with the back-forward cache shows neither result nor place', LIMIT, async () => {
        const other = await launch({ keepsPages: true });
        try {
            const { page } = await visit(other, site.origin + SCREENING);
            await toResult(page, mouse(page), named('moderate').answers);
            await choosePlace(mouse(page), PLACES[0]);
            await mouse(page).follow(word('tautan.privasi'));
            await page.waitForURL('**/tentang/privasi/');
            await goBack(page, SCREENING);
            await assertForgotten(page);
            await toResultFromQuestion(page);
            assertContacts(await readContacts(page), {});
        } finally {
            await other.close();
        }
    });

    async function toResultFromQuestion(page) {
        await arrive(page, word('periksa.judul'));
        await mouse(page).press(word('tombol.hasil'));
        await arrive(page, word('hasil.judul'));
    }

    test('reloading starts again', LIMIT, async () => {
        const visited = await visit(world.browser, site.origin + SCREENING);
        await answerSome(visited.page);
        await visited.page.reload();
        await assertForgotten(visited.page);
        assertQuiet(visited);
        await visited.close();
    });

    test('pagehide alone wipes the answers', LIMIT, () =>
        privately(world, {}, async (page) => {
            await answerSome(page);
            await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
            await assertForgotten(page);
        }));

    const WAYS_OUT = [
        ['by mouse', (page) => page.locator('#keluar').click()],
        ['by keyboard', (page) => page.locator('#keluar').focus().then(() => page.keyboard.press('Enter'))],
        ['by Shift, three times', pressShift],
    ];
    for (const [name, out] of WAYS_OUT) {
        test(`the quick exit, ${name}: no referrer, and Back leads past the screening`, LIMIT, async () => {
            const visited = await visit(world.browser, `${site.origin}/darurat/`);
            const { page } = visited;
            await page.goto(site.origin + SCREENING);
            await answerSome(page);
            const before = await page.evaluate(() => history.length);
            const first = elsewhere.requests.length;
            await out(page);
            await page.waitForURL(`${elsewhere.origin}/`);
            const [arrived] = elsewhere.requests.slice(first);
            assert.equal(arrived.method, 'GET');
            assert.equal(arrived.url, '/');
            assert.equal(arrived.headers.referer, undefined, 'the other site does not learn where from');
            assert.equal(await page.evaluate(() => document.referrer), '');
            assert.equal(await page.evaluate(() => history.length), before, 'the exit takes the place of the page');
            await goBack(page, '/darurat/');
            await page.evaluate(() => setTimeout(() => history.forward()));
            await page.waitForURL(`${elsewhere.origin}/`);
            assertQuiet(visited);
            await visited.close();
        });
    }

    for (const [name, out] of WAYS_OUT) {
        test(`the quick exit, ${name}, covers the page and wipes it before a slow page between answers`, LIMIT, async (t) => {
            const other = await serveSite(DIST, { slow: BETWEEN });
            t.after(other.close);
            const { page, close } = await visit(world.browser, other.origin + SCREENING, { before: tellWhatIsLeft });
            await answerSome(page);
            const told = page.waitForEvent('console', (message) => message.type() === 'debug');
            // Whoever presses waits for the next page; what is left is told before that.
            const pressed = out(page).catch(() => {});
            const left = JSON.parse((await told).text());
            assert.deepEqual(left, {
                path: SCREENING,
                isCovered: true,
                shown: 0,
                marked: 0,
                title: templateWord('keluar.judul'),
                heading: word('buka.judul'),
            });
            await close();
            await pressed;
        });
    }

    test('Shift, three times, does nothing in a list of places, and leaves once the focus is elsewhere', LIMIT, async () => {
        const visited = await visit(world.browser, site.origin + SCREENING);
        const { page } = visited;
        await toResult(page, mouse(page), {});
        await list(page, word('tempat.provinsi')).focus();
        await pressShift(page);
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.equal((await screen(page)).title, word('hasil.judul'));
        await page.locator('#aplikasi .kembali').focus();
        await pressShift(page);
        await page.waitForURL(`${elsewhere.origin}/`);
        assertQuiet(visited);
        await visited.close();
    });
});

/** Goes back as the browser's button does, and waits for the page at `path`. */
async function goBack(page, path) {
    await page.evaluate(() => setTimeout(() => history.back()));
    // A page from the back-forward cache does not load again.
    await page.waitForURL(`${site.origin}${path}`, { waitUntil: 'commit' });
}

async function pressShift(page) {
    for (let time = 0; time < 3; time += 1) await page.keyboard.press('Shift');
}

/**
 * Runs in the page: tells over the console what is left one frame after the exit. While a page waits
 * for the next one, Playwright cannot ask it anything.
 */
function tellWhatIsLeft() {
    addEventListener('click', ({ target }) => {
        if (target.id !== 'keluar') return;
        requestAnimationFrame(() => console.debug(JSON.stringify({
            path: location.pathname,
            isCovered: document.documentElement.classList.contains('tertutup'),
            shown: [...document.body.querySelectorAll('*')].filter((part) => part.checkVisibility()).length,
            marked: document.querySelectorAll('#aplikasi input:checked').length,
            title: document.title,
            heading: document.querySelector('#aplikasi h1').textContent,
        })));
    });
}
