// deploy/nginx.conf and deploy/Caddyfile, word for word but for ports and places -> servers of their own
// that serve a folder.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { request as requestSealed } from 'node:https';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DEPLOY = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'deploy');
/** The name in the files of deploy/. */
export const HOST = 'contoh.go.id';
const START_MS = 15_000;

/** Why a test of this server is passed over; false where it is installed. */
export function lacks(command) {
    const found = spawnSync('sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${command}`]).status === 0;
    return found ? false : `${command} is not installed`;
}

/** A port that nobody listens at. */
export function freePort() {
    return new Promise((resolve) => {
        const server = createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

/** A certificate for the name, signed by itself. */
function certificate(place) {
    const made = spawnSync('openssl', [
        'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${HOST}`,
        '-addext', `subjectAltName=DNS:${HOST}`, '-keyout', join(place, 'key.pem'), '-out', join(place, 'cert.pem'),
    ]);
    assert.equal(made.status, 0, String(made.stderr));
}

/** Each text in its one or more places in the file, changed; a text that is not there is a fault. */
function changed(text, changes) {
    return changes.reduce((sofar, [from, to]) => {
        const after = sofar.replaceAll(from, to);
        assert.notEqual(after, sofar, `${from} stands in the file`);
        return after;
    }, text);
}

/** nginx.conf for these ports and places. */
function nginxText({ place, dist, plain, sealed }) {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${place}/${name};`);
    return changed(readFileSync(join(DEPLOY, 'nginx.conf'), 'utf8'), [
        // The folder of a test belongs to whoever runs it.
        ['user www-data;', process.getuid() === 0 ? 'user root;' : ''],
        ['/run/nginx.pid', join(place, 'pid')],
        [/ *listen \[::\].*\n/g, ''],
        [/listen 80\b/g, `listen 127.0.0.1:${plain}`],
        [/listen 443\b/g, `listen 127.0.0.1:${sealed}`],
        ['http {\n', `http {\n${temporary.join('\n')}\n`],
        ['/var/log/nginx', place],
        ['/etc/ssl/bersinar/fullchain.pem', join(place, 'cert.pem')],
        ['/etc/ssl/bersinar/privkey.pem', join(place, 'key.pem')],
        ['/etc/nginx/bersinar-headers.conf', join(place, 'headers')],
        ['/srv/bersinar/dist', dist],
    ]);
}

/** The same without TLS, by the address of this machine. */
function plainNginxText(places) {
    return changed(nginxText(places), [
        [/ ssl( http2)?;/g, ';'], [/ ssl default_server/g, ' default_server'], [/ *ssl_.*\n/g, ''], [HOST, '127.0.0.1'],
    ]);
}

function caddyText({ place, dist, plain, sealed }) {
    return changed(readFileSync(join(DEPLOY, 'Caddyfile'), 'utf8'), [
        ['{\n\t# Log', `{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port ${plain}\n\thttps_port ${sealed}\n\t# Log`],
        [`${HOST} {\n`, `${HOST} {\n\ttls ${place}/cert.pem ${place}/key.pem\n`],
        ['/var/log/caddy', place],
        ['/etc/caddy/bersinar-headers.caddy', join(place, 'headers')],
        ['/srv/bersinar/dist', dist],
    ]);
}

const SERVERS = {
    nginx: {
        text: nginxText,
        command: (file) => ['nginx', ['-e', 'stderr', '-c', file, '-g', 'daemon off;']],
        check: (file) => ['nginx', ['-t', '-e', 'stderr', '-c', file]],
    },
    caddy: {
        text: caddyText,
        command: (file) => ['caddy', ['run', '--config', file, '--adapter', 'caddyfile']],
        check: (file) => ['caddy', ['validate', '--config', file, '--adapter', 'caddyfile']],
    },
};

/**
 * Starts a server by its name in an empty folder, with the headers that `bersinar headers` printed for
 * `https://contoh.go.id`. Gives back `get(path, headers)`, which asks by TLS, and `getPlain`, which does not.
 */
export async function start(name, { folder, dist, headers }) {
    const place = mkdtempSync(join(folder, `${name}-`));
    certificate(place);
    const places = { place, dist, plain: await freePort(), sealed: await freePort() };
    const server = await launch(name, { ...places, headers, text: SERVERS[name].text(places) });
    const ca = readFileSync(join(place, 'cert.pem'));
    const at = (port, more) => ({ host: '127.0.0.1', port, agent: false, ...more });
    const get = (path, more = {}) => ask(requestSealed, at(places.sealed, {
        path, ca, servername: HOST, ...more, headers: { host: HOST, ...more.headers },
    }));
    const getPlain = (path, more = {}) => ask(requestPlain, at(places.plain, { path, ...more }));
    await untilAnswers(server, () => get('/'));
    return { ...server, get, getPlain, sealedPort: places.sealed };
}

/** nginx for `http://127.0.0.1:PORT`, for whoever speaks no TLS. It does not keep this program from ending. */
export async function startPlainNginx({ folder, dist, headers }) {
    const place = mkdtempSync(join(folder, 'nginx-'));
    const places = { place, dist, plain: await freePort(), sealed: await freePort() };
    const server = await launch('nginx', { place, headers, text: plainNginxText(places) });
    for (const part of [server.program, server.program.stdout, server.program.stderr]) part.unref();
    const port = places.sealed;
    await untilAnswers(server, () => ask(requestPlain, { host: '127.0.0.1', port, path: '/', agent: false }));
    return { ...server, origin: `http://127.0.0.1:${port}` };
}

async function launch(name, { place, headers, text }) {
    const file = join(place, 'configuration');
    writeFileSync(join(place, 'headers'), headers);
    writeFileSync(file, text);
    mkdirSync(join(place, 'home'));
    const home = join(place, 'home');
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
    const check = spawnSync(...SERVERS[name].check(file), { env, encoding: 'utf8' });
    assert.equal(check.status, 0, `${check.stdout}${check.stderr}`);
    const program = spawn(...SERVERS[name].command(file), { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [program.stdout, program.stderr]) stream.on('data', (more) => { said += more; });
    return {
        place,
        said: () => said,
        program,
        async stop() {
            program.ref();
            program.kill('SIGTERM');
            if (program.exitCode === null) await new Promise((resolve) => program.once('exit', resolve));
        },
    };
}

async function untilAnswers(server, knock) {
    for (const end = Date.now() + START_MS; ;) {
        assert.equal(server.program.exitCode, null, server.said());
        if ((await knock().catch(() => null))?.status === 200) return;
        assert.ok(Date.now() < end, `no answer: ${server.said()}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

/** One request; the body as it came, not decoded. */
export function ask(request, options) {
    return new Promise((resolve, reject) => {
        const asked = request(options, (answer) => {
            const parts = [];
            answer.on('data', (part) => parts.push(part));
            answer.on('error', reject);
            answer.on('end', () => {
                const { statusCode: status, headers, rawHeaders } = answer;
                resolve({ status, headers, rawHeaders, body: Buffer.concat(parts) });
            });
        });
        asked.on('error', reject);
        asked.end();
    });
}
