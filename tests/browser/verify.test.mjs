// `bersinar verify` against servers that nobody made for it: nginx with the files of deploy/, and TLS.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { lacks, startPlainNginx } from './deployed.mjs';
import { bersinar } from './program.mjs';
import { headersOf, parseRules } from './server.mjs';
import { DIST, ROOT } from './site.mjs';

const LIMIT = { timeout: 120_000 };
const TYPES = { '.css': 'text/css', '.html': 'text/html', '.svg': 'image/svg+xml', '.txt': 'text/plain', '.xml': 'text/xml' };

let folder;
let dist;

before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bersinar-'));
    dist = join(folder, 'dist');
    cpSync(DIST, dist, { recursive: true });
    chmodSync(folder, 0o755);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** What `verify` finds, as JSON, and with which code it ends. It must not block this process, which may be the server. */
function verify(address, options = []) {
    const line = ['run', '--quiet', '--locked', '-p', 'bersinar', '--', 'verify', address, '--format', 'json'];
    const program = spawn('cargo', [...line, '--sums', join(DIST, 'SHA256SUMS'), ...options], { cwd: ROOT });
    let said = '';
    let told = '';
    program.stdout.on('data', (text) => { said += text; });
    program.stderr.on('data', (text) => { told += text; });
    return new Promise((resolve) => {
        program.once('close', (code) => resolve({ code, told, ...(said === '' ? {} : JSON.parse(said)) }));
    });
}

const places = ({ findings }) => findings.map(({ kind, place }) => `${kind} ${place}`);

describe('nginx', { skip: lacks('nginx') }, () => {
    let server;
    before(async () => {
        server = await startPlainNginx({ folder, dist, headers: bersinar(['headers', 'nginx']).stdout });
    }, LIMIT);
    // It does not keep this program from ending, and so cannot be waited for.
    after(() => server?.program.kill());

    test('a copy behind it is the same', LIMIT, async () => {
        const found = await verify(server.origin);
        assert.deepEqual(places(found), []);
        assert.equal(found.code, 0, found.told);
    });

    test('a changed page and one too many are found', LIMIT, async () => {
        const page = join(dist, 'ibm', 'index.html');
        const good = readFileSync(page);
        writeFileSync(page, `${good}<script src="/umpan.js"></script>`);
        writeFileSync(join(dist, 'umpan.js'), '');
        const found = await verify(server.origin);
        writeFileSync(page, good);
        rmSync(join(dist, 'umpan.js'));
        assert.deepEqual(places(found), ['changed /ibm/', 'extra /umpan.js']);
        assert.equal(found.code, 1);
    });
});

describe('TLS', { skip: lacks('openssl') }, () => {
    let server;
    let address;
    before(async () => {
        const made = spawnSync('openssl', [
            'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost',
            '-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE',
            '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem'),
        ]);
        assert.equal(made.status, 0, String(made.stderr));
        const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
        const rules = parseRules(readFileSync(join(dist, '_headers'), 'utf8'));
        server = createServer({ key, cert }, (request, response) => answer(rules, request, response));
        await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
        address = `https://localhost:${server.address().port}`;
    }, LIMIT);
    after(() => server?.close());

    test('a copy is read by it', LIMIT, async () => {
        const found = await verify(address, ['--ca', join(folder, 'cert.pem')]);
        assert.deepEqual(places(found), []);
        assert.equal(found.code, 0, found.told);
    });

    test('a certificate that nobody known has signed is refused', LIMIT, async () => {
        const { code, told } = await verify(address);
        assert.equal(code, 2);
        assert.match(told, /certificate/);
        assert.match(told, /--ca/);
    });
});

function answer(rules, { url }, response) {
    const file = join(dist, url.endsWith('/') ? `${url}index.html` : url);
    let status = 200;
    let body;
    try {
        if (url.includes('/.')) throw new Error('hidden');
        body = readFileSync(file);
    } catch {
        status = 404;
        body = readFileSync(join(dist, '404.html'));
    }
    const type = status === 404 ? 'text/html' : TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(status, { ...headersOf(rules, status === 404 ? '/404.html' : url), 'content-type': type });
    response.end(body);
}
