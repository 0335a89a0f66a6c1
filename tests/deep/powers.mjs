// Powers: what the module can ask of the browser, and every name the page's scripts use, against the
// reviewed list in powers.txt. `BERSINAR_OVERWRITE=1` writes the list anew; review the difference.

import { readFileSync, writeFileSync } from 'node:fs';
import { launch } from '../browser/browser.mjs';
import { serveSite } from '../browser/server.mjs';
import { DIST } from '../browser/site.mjs';
import { atMostNames, equal, told } from './figures.mjs';
import { SEALED } from './sealed.mjs';

const LIST = new URL('powers.txt', import.meta.url);

/** What nothing in the page may name. */
const FORBIDDEN = new RegExp(`^(${[
    'fetch', 'fetchLater', 'XMLHttpRequest', 'WebSocket\\w*', 'WebTransport', 'EventSource', 'sendBeacon', 'RTC\\w*',
    '\\w*[sS]torage\\w*', 'cookie\\w*', 'indexedDB', 'caches', 'open', 'openDatabase', 'eval', 'Function',
    'import', 'importScripts', '\\w*Worker', 'pushState', 'replaceState', 'postMessage', 'write', 'writeln',
].join('|')})$`);
/** Of these, what is no word of people either: not even a text in the module may say it. */
const TELLING = /\b(fetch|XMLHttpRequest|WebSocket|WebTransport|EventSource|sendBeacon|RTC[A-Z]\w*|(local|session)Storage|indexedDB|pushState|replaceState|importScripts|document\.write)\b/g;

const KEYWORDS = new Set(('as async await break case catch class const continue default delete do else export extends '
    + 'finally for from function get if in instanceof let new null of return set static super switch this throw try '
    + 'typeof undefined var void while true false arguments').split(' '));

export const name = 'powers';
export const title = 'Powers: what the screening can ask of the browser';

export async function measure() {
    const site = await serveSite(DIST);
    const browser = await launch();
    try {
        const found = [];
        for (const path of SEALED) found.push(await powersOf(browser, site.origin + path));
        return judge(found);
    } finally {
        await browser.close();
        await site.close();
    }
}

/** Looks on while the page makes its module: the bytes, the imports, and the scripts around them. */
async function powersOf(browser, url) {
    const page = await browser.newPage();
    await page.addInitScript(() => {
        const { instantiate } = WebAssembly;
        WebAssembly.instantiate = (bytes, imports) => {
            const module = new WebAssembly.Module(bytes);
            globalThis.seen = {
                bytes: [...new Uint8Array(bytes)],
                imports: WebAssembly.Module.imports(module).map(({ module: from, name, kind }) =>
                    ({ name, kind, code: String(imports[from][name]) })),
            };
            return instantiate.call(WebAssembly, bytes, imports);
        };
    });
    await page.goto(url);
    await page.locator('#aplikasi h1').waitFor();
    const { bytes, imports } = await page.evaluate(() => globalThis.seen);
    const scripts = await page.evaluate(() =>
        [...document.scripts].filter(({ type }) => type === '').map(({ textContent }) => textContent));
    await page.close();
    const script = scripts.join('\n');
    const own = declaredIn(script);
    return {
        imports: imports.map(({ name, kind, code }) => importLine(name, kind, code, own)).sort(),
        names: [...namesIn(script, own)].sort(),
        texts: Buffer.from(bytes).toString('latin1'),
    };
}

/** One import: its name, and what of the browser its function touches. */
function importLine(importName, kind, code, own) {
    const touched = [...namesIn(code, new Set([...own, ...declaredIn(code)]))];
    return `${importName.replace(/_h?[0-9a-f]{16}$/, '')} (${kind}): ${touched.join(' ') || 'nothing'}`;
}

/** A script without its texts and comments. */
function bare(script) {
    return script
        .replace(/\/\*[\s\S]*?\*\/|(["'`])(?:\\[\s\S]|(?!\1)[^\\])*\1/g, "''")
        .replace(/\/\/.*$/gm, '');
}

/** Names a script makes itself: functions, variables, parameters, keys. */
function declaredIn(script) {
    const code = bare(script);
    const found = new Set();
    const take = (text) => text.split(',').forEach((part) => {
        const [, declared] = part.match(/^\s*(?:\.\.\.)?([A-Za-z_$][\w$]*)/) ?? [];
        if (declared) found.add(declared);
    });
    for (const [, declared] of code.matchAll(/\b(?:function|const|let|var)\s+([A-Za-z_$][\w$]*)/g)) found.add(declared);
    for (const [, list] of code.matchAll(/\bvar\s([^;]*);/g)) take(list);
    for (const [, parameters] of code.matchAll(/\bfunction\b[^(]*\(([^)]*)\)/g)) take(parameters);
    for (const [, parameters] of code.matchAll(/\(([^()]*)\)\s*=>/g)) take(parameters);
    for (const [, parameter] of code.matchAll(/([A-Za-z_$][\w$]*)\s*=>/g)) take(parameter);
    for (const [, caught] of code.matchAll(/\bcatch\s*\(([^)]*)\)/g)) take(caught);
    return found;
}

/** Every other name: of the browser (`document`), or of something on it (`.title`). */
function namesIn(script, own) {
    const code = bare(script).replace(/\b(wasm|exports)\s*\.\s*[\w$]+/g, '');
    const found = new Set();
    for (const [, dot, plain] of code.matchAll(/(\.\s*)?(?<![\w$])([A-Za-z_$][\w$]*)/g)) {
        if (dot) found.add(`.${plain}`);
        else if (!KEYWORDS.has(plain) && !own.has(plain) && !isKey(code, plain)) found.add(plain);
    }
    return found;
}

const isKey = (code, plain) => new RegExp(`[{,]\\s*${plain.replace('$', '\\$')}\\s*:`).test(code);

function judge(found) {
    const [first] = found;
    const made = [
        '# What the screening can ask of the browser: reviewed, and held by tests/deep/powers.mjs.',
        '# First what the module imports and what each function touches, then every name in the scripts.',
        '',
        ...first.imports,
        '',
        ...first.names,
        '',
    ].join('\n');
    if (process.env.BERSINAR_OVERWRITE) writeFileSync(LIST, made);
    const reviewed = readFileSync(LIST, 'utf8');
    const lines = (text) => new Set(text.split('\n').filter((line) => line && !line.startsWith('#')));
    const added = [...lines(made)].filter((line) => !lines(reviewed).has(line));
    const gone = [...lines(reviewed)].filter((line) => !lines(made).has(line));
    const used = found.flatMap(({ imports, names }) =>
        [...names, ...imports.flatMap((line) => line.split(' '))].map((name) => name.replace(/^\.|^__wbg_/, '')));
    const said = found.flatMap(({ texts }) => texts.match(TELLING) ?? []);
    const isSame = found.every(({ imports, names }) =>
        imports.join() === first.imports.join() && names.join() === first.names.join());
    return {
        figures: [
            told('imports of the module', first.imports.length),
            told('names used by the scripts of the page', first.names.length),
            atMostNames('not in the reviewed list', added, 0),
            atMostNames('in the list, but gone', gone, 0),
            atMostNames('forbidden names used', [...new Set(used.filter((name) => FORBIDDEN.test(name)))], 0),
            atMostNames('forbidden names said in the module', [...new Set(said)], 0),
            equal('the same in every language', isSame, true),
        ],
    };
}
