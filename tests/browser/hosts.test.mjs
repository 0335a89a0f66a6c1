// The configurations in deploy/, with the headers that the program prints, in the servers themselves: every
// kind of address gets the headers that `_headers` names, and no more; files come as they were published,
// packed or not; nothing about visitors is written down. A server that is not installed is passed over.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';
import { until } from './browser.mjs';
import { HOST, ask, freePort, lacks, start } from './deployed.mjs';
import { bersinar } from './program.mjs';
import { headersOf, moved, parseRules } from './server.mjs';
import { BETWEEN, DIST, KINDS, SCREENING } from './site.mjs';

const APACHE_MODULES = '/usr/lib/apache2/modules';
const ASSET = `/aset/${readdirSync(join(DIST, 'aset')).find((name) => name.endsWith('.css'))}`;
const { 'not found': NOT_FOUND, ...FOUND } = KINDS;
/** Every kind of document, in both languages, and the files for machines. */
const PAGES = [
    ...Object.values(FOUND), SCREENING, BETWEEN, '/tentang/privasi/', '/en/', `/en${SCREENING}`, `/en${BETWEEN}`,
    ASSET, '/sitemap.xml', '/robots.txt', '/SHA256SUMS',
].filter((path) => existsSync(join(DIST, path)));
/** What nobody gets: what is not there, what is for hosts, and packed files by their own names. */
const HIDDEN = [
    NOT_FOUND, '/ibm/tiada.html', '/aset/tiada.css', '/_headers', '/.htaccess', '/.bersinar', '/aset/',
    '/index.html.gz', `${ASSET}.br`,
];
/** Headers that the servers add for the transport, and that tell nothing about a visitor. */
const TRANSPORT = [
    'accept-ranges', 'alt-svc', 'connection', 'content-length', 'content-type', 'date', 'etag', 'keep-alive',
    'last-modified', 'transfer-encoding', 'vary', 'content-encoding',
];
const DECODED = { br: brotliDecompressSync, gzip: gunzipSync };
const LIMIT = { timeout: 120_000 };

let folder;
let dist;
let written;

before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bersinar-'));
    dist = join(folder, 'dist');
    cpSync(DIST, dist, { recursive: true });
    for (const path of PAGES) pack(fileOf(path));
    // Apache, started by root, reads as somebody else.
    chmodSync(folder, 0o755);
    written = readFileSync(join(dist, '_headers'), 'utf8');
});
after(() => rmSync(folder, { recursive: true, force: true }));

for (const name of ['nginx', 'caddy']) {
    describe(`deploy/, ${name}`, { skip: lacks(name) }, () => {
        let server;
        before(async () => {
            const headers = bersinar(['headers', name, '--base-url', `https://${HOST}`]).stdout;
            server = await start(name, { folder, dist, headers });
        }, LIMIT);
        after(() => server?.stop());

        test('every kind of document has its headers, and no others', LIMIT, async () => {
            const rules = parseRules(moved(written, `https://${HOST}`));
            for (const path of PAGES) {
                const answer = await server.get(path);
                assert.equal(answer.status, 200, path);
                assertHeaders(answer, headersOf(rules, path), path);
            }
            await assertHidden(server.get, (path) => headersOf(rules, path));
        });

        test('what is packed comes as it was published', LIMIT, async () => {
            for (const path of PAGES) {
                const plain = readFileSync(fileOf(path));
                for (const [encoding, file] of [['br', '.br'], ['gzip', '.gz']]) {
                    const { headers, body } = await server.get(path, { headers: { 'accept-encoding': encoding } });
                    assert.equal(headers['content-encoding'], encoding, path);
                    assert.match(headers.vary ?? '', /accept-encoding/i, path);
                    assert.ok(body.equals(readFileSync(fileOf(path) + file)), `${path} ${file}`);
                    assert.ok(DECODED[encoding](body).equals(plain), path);
                }
                const { headers, body } = await server.get(path, { headers: { 'accept-encoding': 'identity' } });
                assert.equal(headers['content-encoding'], undefined, path);
                assert.ok(body.equals(plain), path);
            }
        });

        test('a page is asked for anew, and sent anew only where it changed', LIMIT, async () => {
            const { headers } = await server.get('/ibm/');
            const again = await server.get('/ibm/', { headers: { 'if-none-match': headers.etag } });
            assert.equal(again.status, 304);
            assert.equal(again.body.length, 0);
            const file = fileOf('/ibm/');
            const before = readFileSync(file);
            writeFileSync(file, `${before}<!-- -->`);
            const changed = await server.get('/ibm/', { headers: { 'if-none-match': headers.etag } });
            writeFileSync(file, before);
            assert.equal(changed.status, 200);
            assert.notEqual(changed.headers.etag, headers.etag);
        });

        test('whoever comes without TLS is sent to it', LIMIT, async () => {
            const answer = await server.getPlain('/ibm/?x=1', { headers: { host: HOST } });
            assert.ok([301, 308].includes(answer.status), `${answer.status}`);
            assert.match(answer.headers.location, new RegExp(`^https://${HOST}(:${server.sealedPort})?/ibm/\\?x=1$`));
        });

        test('a folder without its bar leads to the page', LIMIT, async () => {
            const { status, headers } = await server.get('/ibm');
            assert.ok([301, 308].includes(status), `${status}`);
            assert.match(headers.location, /^(https:\/\/contoh\.go\.id)?\/ibm\/$/);
        });

        test('nothing about visitors is written down', LIMIT, async () => {
            const marks = ['peramban-rahasia', '10.98.76.54', 'tiada-rahasia'];
            await server.get(`/${marks[2]}/?q=${marks[2]}`, { headers: { 'user-agent': marks[0], 'x-forwarded-for': marks[1] } });
            await server.get('/', { method: 'POST' });
            await server.getPlain('/', { headers: { host: 'lain.example' } }).catch(() => {});
            await until(() => statSync(join(server.place, 'bersinar.log')).size > 0, 'the log');
            for (const file of filesBelow(server.place)) {
                if (/(headers|configuration|autosave\.json|\.pem)$/.test(file)) continue;
                const text = readFileSync(file, 'latin1');
                for (const mark of [...marks, '127.0.0.1', '/ibm', '/cek']) {
                    assert.ok(!text.includes(mark), `${file} names ${mark}: ${text.slice(0, 400)}`);
                }
            }
            assert.ok(!server.said().includes('127.0.0.1:') || name === 'caddy', server.said());
            for (const mark of marks) assert.ok(!server.said().includes(mark), server.said());
        });
    });
}

describe('Apache', { skip: lacks('apache2') }, () => {
    const OURS = ['headers', 'mime', 'deflate', 'filter', 'alias'];

    function configured(place, port, modules) {
        const needed = ['mpm_event', 'authz_core', 'dir', 'setenvif', ...modules];
        writeFileSync(join(place, 'httpd.conf'), `ServerRoot ${place}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${place}/pid
ErrorLog ${place}/errors
${needed.map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`).join('\n')}
${modules.includes('mime') ? 'TypesConfig /etc/mime.types' : ''}
ServerTokens Prod
${process.getuid() === 0 ? 'User www-data' : ''}
DocumentRoot ${dist}
DirectoryIndex index.html
<Directory ${dist}>
AllowOverride FileInfo
Require all granted
</Directory>
`);
        return ['apache2', ['-X', '-d', place, '-f', join(place, 'httpd.conf')]];
    }

    test('every kind of document has its headers, by .htaccess alone', LIMIT, async (t) => {
        const { get } = await started(t, (place, port) => configured(place, port, OURS));
        const rules = parseRules(written);
        // Over plain HTTP a promise of TLS means nothing, and `.htaccess` does not make it.
        const expected = (path) => {
            const { 'strict-transport-security': _, ...wanted } = headersOf(rules, path);
            return wanted;
        };
        for (const path of PAGES) {
            const answer = await get(path);
            assert.equal(answer.status, 200, path);
            assertHeaders(answer, expected(path), path);
        }
        await assertHidden(get, expected);
    });

    test('serves the pages where it has none of the modules', LIMIT, async (t) => {
        const { get } = await started(t, (place, port) => configured(place, port, []));
        for (const path of ['/', SCREENING]) assert.equal((await get(path)).status, 200, path);
        assert.equal((await get('/tiada/')).status, 404);
    });

    /** Runs the server on a port of its own until the test ends. */
    async function started(t, configure) {
        const place = mkdtempSync(join(folder, 'apache-'));
        const port = await freePort();
        const program = spawn(...configure(place, port), { stdio: ['ignore', 'pipe', 'pipe'] });
        let said = '';
        for (const stream of [program.stdout, program.stderr]) stream.on('data', (text) => { said += text; });
        t.after(async () => {
            program.kill('SIGTERM');
            if (program.exitCode === null) await new Promise((resolve) => program.once('exit', resolve));
        });
        const get = (path) => ask(request, { host: '127.0.0.1', port, path, agent: false });
        await until(async () => {
            assert.equal(program.exitCode, null, said);
            return (await get('/').catch(() => null))?.status === 200;
        }, `apache2: ${said}`);
        return { get };
    }
});

/** A path that nobody gets answers with the page for it, status 404 and the headers of that page. */
async function assertHidden(get, expected) {
    for (const path of HIDDEN) {
        const answer = await get(path);
        assert.equal(answer.status, 404, path);
        assertHeaders(answer, expected('/404.html'), path);
        assert.ok(answer.body.includes('tel:119'), `${path}: help stands there too`);
    }
}

function assertHeaders(answer, expected, path) {
    const names = answer.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    assert.equal(new Set(names).size, names.length, `${path} has a header twice: ${names}`);
    const sent = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !TRANSPORT.includes(name)));
    // Some name themselves, none its version.
    if (sent.server) assert.match(sent.server, /^[a-zA-Z]+$/, path);
    delete sent.server;
    assert.deepEqual(sent, expected, path);
}

/** The file of a path, below the copy of the site. */
function fileOf(path) {
    return join(dist, path.endsWith('/') ? `${path}index.html` : path);
}

/** Writes the packed files that `build --compress` may not have written: here every page has them. */
function pack(file) {
    const bytes = readFileSync(file);
    if (!existsSync(`${file}.gz`)) writeFileSync(`${file}.gz`, gzipSync(bytes));
    const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
    if (!existsSync(`${file}.br`)) writeFileSync(`${file}.br`, brotliCompressSync(bytes, quick));
}

function filesBelow(place) {
    return readdirSync(place, { recursive: true }).map((name) => join(place, String(name)))
        .filter((file) => statSync(file).isFile());
}
