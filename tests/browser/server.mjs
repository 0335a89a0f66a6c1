// A folder of built pages -> a server on 127.0.0.1 that sends the headers which the folder's own
// `_headers` asks for, and remembers every request it got.

import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
    '.css': 'text/css; charset=utf-8',
    '.html': 'text/html; charset=utf-8',
    '.ico': 'image/x-icon',
    '.js': 'text/javascript; charset=utf-8',
    '.json': 'application/json',
    '.svg': 'image/svg+xml',
    '.txt': 'text/plain; charset=utf-8',
    '.xml': 'application/xml',
};

const SLOW_MS = 3_000;
const QUIET_MS = 300;

/**
 * Serves `folder`. `rewrite` may change the text of a page on its way out, `reheader` the headers
 * that go with it; `slow` is a path that is answered only after a while. `dress` has the last word on
 * each response, `{ path, headers, body }`.
 */
export async function serveSite(folder, {
    rewrite = (text) => text, reheader = (headers) => headers, dress = (answer) => answer, slow,
} = {}) {
    const written = await readFile(join(folder, '_headers'), 'utf8');
    return listen(async (path, response, origin) => {
        const rules = parseRules(moved(written, origin));
        const file = await fileAt(folder, path);
        const found = file ?? join(folder, '404.html');
        const type = TYPES[extname(found)] ?? 'application/octet-stream';
        const body = await readFile(found);
        const headers = reheader(headersOf(rules, file ? path : '/404.html'), path);
        if (path === slow) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        const text = type.startsWith('text/html') ? rewrite(body.toString()) : body;
        const answer = dress({ path, headers: { ...headers, 'content-type': type }, body: text });
        response.writeHead(file ? 200 : 404, answer.headers);
        response.end(answer.body);
    });
}

/** A site that has nothing to do with ours: whatever is asked, the same plain page. */
export async function serveElsewhere({ delayMs = 0 } = {}) {
    return listen(async (_path, response) => {
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        response.writeHead(200, { 'content-type': TYPES['.html'] });
        response.end('<!doctype html><html lang="id"><title>Cuaca</title><h1>Cuaca</h1></html>');
    });
}

async function listen(answer) {
    const requests = [];
    const unused = new Set();
    const server = createServer((request, response) => {
        const { method, url, headers } = request;
        requests.push({ method, url, headers });
        unused.delete(request.socket);
        answer(new URL(url, 'http://x').pathname, response, `http://${headers.host}`).catch((fault) => {
            response.writeHead(500).end(String(fault));
        });
    });
    server.on('connection', (socket) => {
        unused.add(socket);
        socket.on('close', () => unused.delete(socket));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    return {
        origin: `http://127.0.0.1:${server.address().port}`,
        requests,
        /**
         * Waits until nobody has been connected for a while. Browsers open a connection in reserve, some
         * time after the page; it is ended.
         */
        async idle() {
            const count = () => new Promise((resolve) => server.getConnections((_, found) => resolve(found)));
            for (let quietSince = Date.now(); Date.now() - quietSince < QUIET_MS;) {
                if (await count() > 0) quietSince = Date.now();
                unused.forEach((socket) => socket.destroy());
                await new Promise((resolve) => setTimeout(resolve, 10));
            }
        },
        close() {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(resolve));
        },
    };
}

/** The text of `_headers` for a copy of the site at another address; its first line names the own one. */
export const moved = (text, origin) => text.replaceAll(/^# (.*)$/m.exec(text)[1], origin);

/** The rules of a `_headers` file: an address, perhaps ending in `*`, and the headers below it. */
export function parseRules(text) {
    const rules = [];
    for (const line of text.split('\n')) {
        const header = /^ {2}([^:]+): (.*)$/.exec(line);
        if (header) rules.at(-1).headers[header[1].toLowerCase()] = header[2];
        else if (line && !line.startsWith('#')) rules.push({ address: line, headers: {} });
    }
    return rules;
}

/** The headers of a path. A header that two rules name would be joined by a host: that is a fault. */
export function headersOf(rules, path) {
    const found = {};
    for (const { address, headers } of rules) {
        const covers = address.endsWith('*') ? path.startsWith(address.slice(0, -1)) : path === address;
        if (!covers) continue;
        for (const [name, value] of Object.entries(headers)) {
            if (name in found) throw new Error(`${path} has ${name} by two rules`);
            found[name] = value;
        }
    }
    return found;
}

async function fileAt(folder, path) {
    const wanted = join(folder, normalize(decodeURIComponent(path)));
    for (const file of [wanted, join(wanted, 'index.html')]) {
        const found = await stat(file).catch(() => null);
        if (found?.isFile()) return file;
    }
    return null;
}
