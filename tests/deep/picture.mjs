// A page -> all that can be seen of it and that the browser knows of it, to compare with how it was when fresh.

import { untilStanding } from './walker.mjs';

/** All that can be seen of the page, and how the browser knows it. */
export async function pictureOf(page) {
    await untilStanding(page);
    return page.evaluate(() => ({
        html: document.body.outerHTML,
        root: document.documentElement.className,
        screen: document.getElementById('aplikasi').innerText,
        marked: [...document.querySelectorAll('input')].filter(({ checked }) => checked).length,
        values: [...document.querySelectorAll('select')].map(({ selectedIndex }) => selectedIndex).join(),
        url: location.href,
        historyLength: history.length,
        historyState: JSON.stringify(history.state),
        name: window.name,
        storage: (() => { try { return localStorage.length + sessionStorage.length + document.cookie; } catch { return '0'; } })(),
    }));
}

const VISIBLE = ['html', 'root', 'screen', 'marked', 'values'];
const TRACES = ['url', 'historyLength', 'historyState', 'name', 'storage'];

const changed = (fields, one, other) => fields.filter((field) => one[field] !== other[field])
    .map((field) => `${field}: ${String(other[field]).slice(0, 80)}`);

/** What is to be seen that was not at first. */
export const differencesOf = (fresh, again) => changed(VISIBLE, fresh, again);

/** What the browser knows of the visit that it did not at first. */
export const tracesOf = (fresh, later) => changed(TRACES, fresh, later);
