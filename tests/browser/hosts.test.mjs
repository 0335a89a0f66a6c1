// The configuration that the program writes, in the servers themselves: every kind of address gets
// the headers that `_headers` names, and no more; nothing about visitors is written down.
// A server that is not installed is passed over.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { until } from './browser.mjs';
import { bersinar } from './program.mjs';
import { headersOf, moved, parseRules } from './server.mjs';
import { BETWEEN, DIST, SCREENING } from './site.mjs';

const APACHE_MODULES = '/usr/lib/apache2/modules';
const ASSET = `/aset/${readdirSync(join(DIST, 'aset')).find((name) => name.endsWith('.css'))}`;
const PAGES = ['/', '/ibm/', '/ibm/pbm/', '/tentang/privasi/', '/en/', SCREENING, `/en${SCREENING}`, BETWEEN, ASSET];
/** Headers that the servers add for the transport, and that tell nothing about a visitor. */
const TRANSPORT = [
    'accept-ranges', 'connection', 'content-length', 'content-type', 'date', 'etag', 'keep-alive',
    'last-modified', 'server', 'transfer-encoding', 'vary', 'content-encoding',
];
const LIMIT = { timeout: 60_000 };

let folder;
let dist;
let written;

before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bersinar-'));
    dist = join(folder, 'dist');
    cpSync(DIST, dist, { recursive: true });
    // Apache, started by root, reads as somebody else.
    chmodSync(folder, 0o755);
    written = readFileSync(join(dist, '_headers'), 'utf8');
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('nginx', { skip: lacks('nginx') }, () => {
    /** nginx with our block, alone in a folder of its own. */
    function configured(place, block) {
        writeFileSync(join(place, 'site.conf'), block);
        const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
        writeFileSync(join(place, 'nginx.conf'), `${process.getuid() === 0 ? 'user root;' : ''}
daemon off; pid ${place}/pid; events {} http { include /etc/nginx/mime.types;
${temporary.map((name) => `${name}_temp_path ${place}/${name};`).join(' ')}
include ${place}/site.conf; }`);
        return ['-p', place, '-e', join(place, 'errors'), '-c', join(place, 'nginx.conf')];
    }

    test('sends what it should', LIMIT, async (t) => {
        await held(t, (place, port) => ['nginx', configured(place, block('nginx', `http://127.0.0.1:${port}`))], moved);
    });

    test('takes the block for TLS', LIMIT, () => {
        const place = mkdtempSync(join(folder, 'tls-'));
        const key = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=contoh.example', '-days', '1'];
        const made = spawnSync('openssl', [...key, '-keyout', `${place}/k.pem`, '-out', `${place}/c.pem`]);
        assert.equal(made.status, 0, String(made.stderr));
        const text = block('nginx', 'https://contoh.example')
            .replace(/\S+fullchain\.pem/, `${place}/c.pem`)
            .replace(/\S+privkey\.pem/, `${place}/k.pem`);
        assert.ok(text.includes('Strict-Transport-Security') && text.includes('return 301 https://contoh.example'));
        const run = spawnSync('nginx', ['-t', ...configured(place, text)], { encoding: 'utf8' });
        assert.equal(run.status, 0, run.stderr);
    });
});

describe('Caddy', { skip: lacks('caddy') }, () => {
    test('sends what it should', LIMIT, async (t) => {
        await held(t, (place, port) => {
            // The port of the test is all that differs: no certificates are asked for, no door for commands.
            const text = block('caddy', `http://127.0.0.1:${port}`).replace('{\n', '{\n\tadmin off\n');
            writeFileSync(join(place, 'Caddyfile'), text);
            return ['caddy', ['run', '--config', join(place, 'Caddyfile'), '--adapter', 'caddyfile']];
        }, moved);
    });

    test('takes the block for TLS', LIMIT, () => {
        const place = mkdtempSync(join(folder, 'tls-'));
        writeFileSync(join(place, 'Caddyfile'), block('caddy', 'https://contoh.example'));
        const run = spawnSync('caddy', ['adapt', '--config', join(place, 'Caddyfile'), '--adapter', 'caddyfile'], {
            encoding: 'utf8', env: { ...process.env, HOME: place },
        });
        assert.equal(run.status, 0, run.stderr);
    });
});

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

    test('sends what it should, by .htaccess alone', LIMIT, async (t) => {
        await held(t, (place, port) => configured(place, port, OURS));
    });

    test('serves the pages where it has none of the modules', LIMIT, async (t) => {
        const { get } = await started(t, (place, port) => configured(place, port, []));
        for (const path of ['/', SCREENING]) assert.equal((await get(path)).status, 200, path);
        assert.equal((await get('/tiada/')).status, 404);
    });
});

/**
 * Starts a server and holds every kind of address against `_headers`; `moved` for a block that was printed
 * for the server's own address.
 */
async function held(t, configure, readdressed = (text) => text) {
    const { get, place, origin } = await started(t, configure);
    const rules = parseRules(readdressed(written, origin));
    for (const path of PAGES) {
        const answer = await get(path);
        assert.equal(answer.status, 200, path);
        assertHeaders(answer, headersOf(rules, path), path);
    }
    for (const path of ['/tiada/', '/ibm/tiada.html', '/aset/tiada.css', '/_headers', '/.htaccess', '/.bersinar']) {
        const answer = await get(path);
        assert.equal(answer.status, 404, path);
        assertHeaders(answer, headersOf(rules, '/404.html'), path);
        assert.ok((await answer.text()).includes('tel:119'), `${path}: help stands there too`);
    }
    const redirect = await get('/ibm');
    assert.ok([301, 308].includes(redirect.status), `${redirect.status}`);
    assert.ok(redirect.headers.get('location').endsWith('/ibm/'));
    for (const name of readdirSync(place, { recursive: true })) {
        const file = join(place, String(name));
        if (/conf$|Caddyfile$|pid$/.test(file)) continue;
        const text = existsSync(file) && !readdirSyncOr(file) ? readFileSync(file, 'latin1') : '';
        assert.ok(!/client|GET |127\.0\.0\.1.*tiada/.test(text), `${name}: ${text.slice(0, 400)}`);
    }
}

function readdirSyncOr(path) {
    try {
        return readdirSync(path);
    } catch {
        return null;
    }
}

function assertHeaders(answer, expected, path) {
    const sent = Object.fromEntries(answer.headers);
    for (const name of TRANSPORT) delete sent[name];
    // Over plain HTTP a promise of TLS means nothing, and the blocks for it do not make it.
    const { 'strict-transport-security': _, ...wanted } = expected;
    delete sent['strict-transport-security'];
    assert.deepEqual(sent, wanted, path);
}

/** Runs a server on a port of its own until the test ends. */
async function started(t, configure) {
    const place = mkdtempSync(join(folder, 'server-'));
    const port = await freePort();
    const [command, options] = configure(place, port);
    mkdirSync(join(place, 'home'));
    const env = { ...process.env, HOME: join(place, 'home'), XDG_DATA_HOME: join(place, 'home'), XDG_CONFIG_HOME: join(place, 'home') };
    const program = spawn(command, options, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [program.stdout, program.stderr]) stream.on('data', (text) => { said += text; });
    t.after(async () => {
        program.kill('SIGTERM');
        if (program.exitCode === null) await new Promise((resolve) => program.once('exit', resolve));
    });
    const get = (path) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
    await until(async () => {
        assert.equal(program.exitCode, null, said);
        return (await get('/').catch(() => null))?.status === 200;
    }, `${command}: ${said}`);
    return { get, place, origin: `http://127.0.0.1:${port}`, said: () => said };
}

function block(server, address) {
    return bersinar(['headers', server, '--out', dist, '--base-url', address]).stdout;
}

function lacks(command) {
    const found = spawnSync('sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${command}`]).status === 0;
    return found ? false : `${command} is not installed`;
}

function freePort() {
    return new Promise((resolve) => {
        const server = createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}
