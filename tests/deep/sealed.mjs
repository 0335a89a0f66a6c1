// The sealed pages of the built site, and the headers with which a host is to serve them.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../browser/site.mjs';

/** The screening in every language the site was built in. */
export const SEALED = ['/cek/', '/en/cek/'].filter((path) => existsSync(join(DIST, path, 'index.html')));

/** The path of every screening the site has to have. */
export const EXPECTED_LANGUAGES = 2;

/** The text of a page. */
export function textOf(path) {
    return readFileSync(join(DIST, path, 'index.html'), 'utf8');
}

/** The policy that stands in the page itself. */
export function policyOf(path) {
    const [, content] = textOf(path).match(/http-equiv="Content-Security-Policy" content="([^"]*)"/);
    return content.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

const HEADERS = join(DIST, '_headers');

/** Whether the build wrote the headers; else those of the plan stand in. */
export const hasHeaders = existsSync(HEADERS);

/** What a host sends with the page at `path`. */
export function headersOf(path) {
    return hasHeaders ? published(path) : planned(path);
}

/** As Netlify and Cloudflare Pages read `_headers`: all rules that fit, later values added. */
function published(path) {
    const found = {};
    let fits = false;
    for (const line of readFileSync(HEADERS, 'utf8').split('\n')) {
        if (line.trim() === '' || line.startsWith('#')) continue;
        if (!/^\s/.test(line)) {
            fits = isFor(line.trim(), path);
        } else if (fits) {
            const colon = line.indexOf(':');
            const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
            if (name.startsWith('!')) delete found[name.slice(1).trim()];
            else found[name] = found[name] ? `${found[name]}, ${value}` : value;
        }
    }
    return found;
}

function isFor(pattern, path) {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${escaped}$`).test(path);
}

function planned(path) {
    return {
        'content-security-policy': `${policyOf(path)}; frame-ancestors 'none'; `
            + 'sandbox allow-scripts allow-modals allow-top-navigation-to-custom-protocols',
        'connection-allowlist': '(response-origin "tel:*")',
        'x-dns-prefetch-control': 'off',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'x-content-type-options': 'nosniff',
    };
}
