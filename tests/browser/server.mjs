// A folder of built pages -> a server on 127.0.0.1 that sends the headers which the folder's own
// `_headers` asks for, and remembers every request it got. With BERSINAR_VIA=nginx what it sends comes
// from nginx with deploy/nginx.conf, and `FOLDER.nginx-headers` is what `bersinar headers nginx` printed.

import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, request as requestPlain } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { ask, startPlainNginx } from './deployed.mjs';

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
    rewrite, reheader = (headers) => headers, dress = (answer) => answer, slow,
} = {}) {
    let source;
    const site = await listen(async (path, response, request) => {
        // A text that is to be changed must not come packed.
        const encoding = rewrite ? 'identity' : request.headers['accept-encoding'];
        const { status, type, headers, body } = await (await source)(path, { url: request.url, method: request.method, encoding });
        const dressed = reheader(headers, path);
        if (path === slow) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        const text = rewrite && type?.startsWith('text/html') ? rewrite(body.toString()) : body;
        const more = type ? { 'content-type': type } : {};
        const answer = dress({ path, headers: { ...dressed, ...more }, body: text });
        response.writeHead(status, answer.headers);
        response.end(answer.body);
    });
    source = process.env.BERSINAR_VIA === 'nginx' ? throughNginx(folder, site.origin) : fromFolder(folder, site.origin);
    await source;
    return site;
}

/** Reads files, and gives them the headers of `_headers`. */
async function fromFolder(folder, origin) {
    const rules = parseRules(moved(await readFile(join(folder, '_headers'), 'utf8'), origin));
    return async (path) => {
        const file = await fileAt(folder, path);
        const found = file ?? join(folder, '404.html');
        return {
            status: file ? 200 : 404,
            type: TYPES[extname(found)] ?? 'application/octet-stream',
            headers: headersOf(rules, file ? path : '/404.html'),
            body: await readFile(found),
        };
    };
}

/** Asks nginx, which is told that it answers under `origin`; it ends with this program. */
async function throughNginx(folder, origin) {
    const printed = await readFile(`${folder}.nginx-headers`, 'utf8');
    const place = mkdtempSync(join(tmpdir(), 'bersinar-nginx-'));
    const server = await startPlainNginx({ folder: place, dist: folder, headers: moved(printed, origin) });
    process.on('exit', () => {
        server.program.kill('SIGKILL');
        rmSync(place, { recursive: true, force: true });
    });
    const { hostname: host, port } = new URL(server.origin);
    return async (_path, { method, url, encoding }) => {
        const headers = encoding ? { 'accept-encoding': encoding } : {};
        const answer = await ask(requestPlain, { host, port, method, path: url, headers, agent: false });
        const { status, headers: { 'content-type': type, ...sent }, body } = answer;
        for (const name of ['connection', 'transfer-encoding', 'content-length']) delete sent[name];
        return { status, type, headers: sent, body };
    };
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
        answer(new URL(url, 'http://x').pathname, response, request).catch((fault) => {
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
