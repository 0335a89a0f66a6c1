// The sealed pages of the built site, and the headers with which a host is to serve them.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headersOf as publishedHeaders, moved, parseRules } from '../browser/server.mjs';
import { DIST } from '../browser/site.mjs';

/** The screening in every language the site was built in. */
export const SEALED = ['/cek/', '/en/cek/'].filter((path) => existsSync(join(DIST, path, 'index.html')));

/** How many languages the site has to have. */
export const EXPECTED_LANGUAGES = 2;

/** The text of a page. */
export function textOf(path) {
    return readFileSync(join(DIST, path.endsWith('/') ? join(path, 'index.html') : path), 'utf8');
}

/** The policy that stands in the page itself. */
export function policyOf(path) {
    const [, content] = textOf(path).match(/http-equiv="Content-Security-Policy" content="([^"]*)"/);
    return content.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

const written = readFileSync(join(DIST, '_headers'), 'utf8');

/** What a host at `origin` that follows `_headers` sends with the page at `path`. */
export const headersOf = (path, origin) => publishedHeaders(parseRules(moved(written, origin)), path);
