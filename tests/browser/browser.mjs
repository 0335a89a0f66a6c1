// Chromium, and visits to the site in it. A visit notes whatever a page does that it should not.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** The browser. */
export const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Silences it: nothing but what pages ask for. */
export const ARGUMENTS = [
    '--headless', '--no-sandbox', '--no-proxy-server', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** The smallest screen that counts, and a common phone. */
export const NARROW = { width: 320, height: 640 };
export const PHONE = { width: 360, height: 740 };

/** Starts Chromium. Playwright switches the back-forward cache off, a person's browser does not. */
export function launch({ keepsPages = false, env = process.env } = {}) {
    return chromium.launch({
        executablePath: EXECUTABLE,
        args: ARGUMENTS,
        env,
        ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
    });
}

/** Starts Chromium with a profile of its own on disk, as a person's is; other contexts are incognito. */
export async function launchProfile({ moreArguments = [], without = [] } = {}) {
    const profile = await mkdtemp(join(tmpdir(), 'profil-'));
    const context = await chromium.launchPersistentContext(profile, {
        executablePath: EXECUTABLE,
        args: [...ARGUMENTS, ...moreArguments],
        ignoreDefaultArgs: without,
        viewport: PHONE,
        locale: 'id-ID',
    });
    // Chromium may still be writing its last things.
    context.on('close', () => rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    return context;
}

/**
 * Opens a page in a context of its own. `before` runs inside the page before its own scripts. `at` is
 * the moment of the device's clock, which `page.clock` can move on.
 */
export async function visit(browser, url, { before, at, ...options } = {}) {
    const context = await browser.newContext({ viewport: PHONE, locale: 'id-ID', ...options });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const requests = [];
    const complaints = [];
    context.on('request', (request) => requests.push(request.url()));
    context.on('serviceworker', (worker) => complaints.push(`service worker ${worker.url()}`));
    context.on('page', (other) => complaints.push(`new window ${other.url()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
        if (['error', 'warning', 'assert'].includes(message.type())) {
            complaints.push(`console: ${message.text()}`);
        }
    });
    page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        return dialog.dismiss();
    });
    if (before) await page.addInitScript(before);
    if (at) await page.clock.install({ time: at });
    await page.goto(url);
    return { page, context, requests, complaints, url, close: () => context.close() };
}

/** Nothing went wrong that only a developer would see. */
export function assertQuiet({ complaints }) {
    assert.deepEqual(complaints, [], 'console, errors, dialogs, windows');
}

/**
 * What the page can tell the next person, or another page, about this visit. A sealed page has no
 * storage at all: looking at it throws, which is as good as empty.
 */
export function traces(page) {
    return page.evaluate(async () => {
        const unless = async (empty, look) => {
            try {
                return await look();
            } catch (fault) {
                if (fault.name !== 'SecurityError') throw fault;
                return empty;
            }
        };
        return {
            url: location.href,
            title: document.title,
            historyLength: history.length,
            historyState: history.state,
            windowName: window.name,
            cookie: await unless('', () => document.cookie),
            localStorage: await unless(0, () => localStorage.length),
            sessionStorage: await unless(0, () => sessionStorage.length),
            // Asked on a sealed page, Chromium throws this one a second time, where nobody can catch it.
            databases: origin === 'null' ? [] : (await indexedDB.databases()).map(({ name }) => name),
            caches: await unless([], () => caches.keys()),
            workers: await unless(0, async () => (await navigator.serviceWorker.getRegistrations()).length),
        };
    });
}

/** The traces of a page that was opened and nothing more. */
export function assertNoTraces(found, atStart) {
    assert.deepEqual(found, atStart, 'address, title, history and storage are as at the start');
    const { cookie, localStorage, sessionStorage, databases, caches, workers } = found;
    assert.deepEqual(
        { cookie, localStorage, sessionStorage, databases, caches, workers },
        { cookie: '', localStorage: 0, sessionStorage: 0, databases: [], caches: [], workers: 0 },
    );
}

/** Waits until `look` gives something true, and gives it back. */
export async function until(look, what, limitMs = 15_000) {
    const end = Date.now() + limitMs;
    for (;;) {
        const found = await look();
        if (found) return found;
        if (Date.now() > end) assert.fail(`waited in vain for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

/** How far the page is wider than the window, in CSS pixels. */
export function overflowOf(page) {
    return page.evaluate(() => {
        const root = document.documentElement;
        return root.scrollWidth - root.clientWidth;
    });
}

/**
 * Runs in the page: what has the focus, and whether the quick exit covers any of it. Of a radio
 * button its whole row counts.
 */
export function focusedNow() {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    const shown = focused.matches('input') ? (focused.labels[0] ?? focused) : focused;
    const exit = document.getElementById('keluar');
    const edge = exit.getBoundingClientRect();
    const isCovered = (box) =>
        box.left < edge.right && box.right > edge.left && box.top < edge.bottom && box.bottom > edge.top;
    const boxes = [...shown.getClientRects()];
    return {
        name: `${focused.tagName.toLowerCase()} ${focused.id} ${shown.textContent.trim().slice(0, 60)}`,
        text: shown.textContent.trim(),
        tag: focused.tagName,
        id: focused.id,
        href: focused.getAttribute('href'),
        label: focused.matches('select') ? focused.labels[0]?.querySelector('span').textContent : null,
        isCovered: focused !== exit && boxes.some(isCovered),
        isScroller: !focused.matches('a, button, summary, input, select, [tabindex]'),
        isOutside: boxes.every((box) => box.bottom <= 0 || box.top >= innerHeight),
    };
}

/** The next Tab leads to the first stop of the page. */
export async function toTop(page) {
    await page.evaluate(() => {
        document.body.tabIndex = -1;
        document.body.focus();
        document.body.removeAttribute('tabindex');
        scrollTo(0, 0);
    });
}

/** Tabs through the whole page; gives back every stop and what is wrong with it. */
export async function tabThrough(page, limit = 400) {
    const stops = [];
    const faults = [];
    await toTop(page);
    for (let step = 0; step < limit; step += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(focusedNow);
        if (!focused) return { stops, faults };
        stops.push(focused);
        if (focused.isCovered) faults.push(`the quick exit covers ${focused.name}`);
        if (focused.isOutside) faults.push(`out of sight: ${focused.name}`);
    }
    return { stops, faults: [...faults, `no end after ${limit} stops`] };
}
