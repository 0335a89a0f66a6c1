// Two versions of the real site, published in turns under readers -> figures, and docs/load.md.
//
// Every document and stylesheet differs in the two versions. A reader must get one of the two, whole; and
// the stylesheet that a page names must be there when the next version has already been published.

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { ask, startPlainNginx } from '../browser/deployed.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const PROGRAM = process.env.BERSINAR_PROGRAM;
const IS_SAMPLE = process.argv.includes('--sample');
/** When a run is long enough: both numbers are reached, and the time is over. */
const LEAST = IS_SAMPLE
    ? { publishes: 4, reads: 1_000, seconds: 15 }
    : { publishes: 200, reads: 100_000, seconds: 60 };
/** However busy the machine is, it ends. */
const MOST_SECONDS = IS_SAMPLE ? 180 : 3_600;
const READERS = 8;
const WRK = { threads: 2, connections: 16 };
const ENCODINGS = { identity: (bytes) => bytes, gzip: gunzipSync };
/** A stylesheet by its hashed name, in a page. */
const STYLE = /href="(\/aset\/[^"]+\.css)"/;

const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const folder = mkdtempSync(join(memory, 'bersinar-load-'));
const dist = join(folder, 'dist');
const any = (list) => list[Math.floor(Math.random() * list.length)];

/** The real site under a name of its own, with a style of its own: every document differs. */
function version(name, length) {
    const root = join(folder, name);
    // The other templates are in the program.
    for (const part of ['bersinar.toml', 'content', 'templates/gaya/halaman.css']) cpSync(join(ROOT, part), join(root, part), { recursive: true });
    const change = (file, from, to) => {
        const before = readFileSync(join(root, file), 'utf8');
        if (!before.includes(from)) throw new Error(`${file} has no ${from}`);
        writeFileSync(join(root, file), before.replace(from, to));
    };
    change('bersinar.toml', 'nama = "Bersinar"', `nama = "Uji ${name.repeat(length)}"`);
    change('templates/gaya/halaman.css', '', `.uji-${name} { color: inherit }\n`);
    return root;
}

function build(root, out) {
    return new Promise((resolve, reject) => {
        const program = spawn(PROGRAM, ['build', '--root', root, '--out', out, '--today', '2026-11-21'], {
            stdio: ['ignore', 'ignore', 'pipe'],
        });
        let said = '';
        program.stderr.on('data', (text) => { said += text; });
        program.on('error', reject);
        program.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`build: ${code}\n${said.slice(-2_000)}`))));
    });
}

/** The documents of a built site by the paths they are asked for. */
function documents(place) {
    const pages = readdirSync(place, { recursive: true }).filter((name) => name.endsWith('index.html'));
    return new Map(pages.map((name) => [`/${name.slice(0, -'index.html'.length)}`, readFileSync(join(place, name))]));
}

function stylesheets(place) {
    const names = readdirSync(join(place, 'aset')).filter((name) => name.endsWith('.css'));
    return new Map(names.map((name) => [`/aset/${name}`, readFileSync(join(place, 'aset', name))]));
}

const found = { reads: 0, missing: 0, empty: 0, mixed: 0, broken: 0, styles: 0, stylesMissing: 0, of: [0, 0], examples: [] };

function note(kind, what) {
    found[kind] += 1;
    if (found.examples.length < 10) found.examples.push(`${kind}: ${what}`);
}

/** What asks over a connection that is kept, packed or not. */
function asker(origin) {
    const { hostname: host, port } = new URL(origin);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const get = async (path) => {
        const [encoding, decode] = any(Object.entries(ENCODINGS));
        const { status, headers, body } = await ask(request, { host, port, path, agent, headers: { 'accept-encoding': encoding } });
        return { status, body: headers['content-encoding'] ? decode(body) : body };
    };
    return { get, end: () => agent.destroy() };
}

/** Reads random documents, and the stylesheet of one in four, until it is over. */
async function read(origin, pages, styles, isOver) {
    const { get, end } = asker(origin);
    const paths = [...pages[0].keys()].filter((path) => pages[1].has(path));
    while (!isOver()) {
        const path = any(paths);
        try {
            const { status, body } = await get(path);
            found.reads += 1;
            const of = pages.findIndex((all) => body.equals(all.get(path)));
            if (status !== 200) note('missing', `${path} ${status}`);
            else if (body.length === 0) note('empty', path);
            else if (of < 0) note('mixed', path);
            else {
                found.of[of] += 1;
                const style = STYLE.exec(body.toString('latin1'))?.[1];
                if (style && Math.random() < 0.25) await readStyle(get, styles, style);
            }
        } catch (fault) {
            note('broken', `${path} ${fault}`);
        }
    }
    end();
}

async function readStyle(get, styles, path) {
    const { status, body } = await get(path);
    found.styles += 1;
    if (status !== 200 || !styles.get(path)?.equals(body)) note('stylesMissing', `${path} ${status}`);
}

/** wrk for some seconds; what it counted. */
function wrk(origin, paths, seconds) {
    const script = join(folder, 'wrk.lua');
    writeFileSync(script, `
local paths = { ${paths.map((path) => JSON.stringify(path)).join(', ')} }
function init(arguments) math.randomseed(os.time()) end
function request()
    return wrk.format("GET", paths[math.random(#paths)], {})
end
function done(summary, latency)
    local e = summary.errors
    io.write(string.format("FIGURES %d %d %d %d %d %d %d %d\\n", summary.requests, e.connect, e.read, e.write, e.status,
        e.timeout, latency:percentile(50), latency:percentile(99)))
end
`);
    return new Promise((resolve, reject) => {
        const { threads, connections } = WRK;
        const options = ['-t', threads, '-c', connections, '-d', `${seconds}s`, '--timeout', '30s', '-s', script, origin];
        const program = spawn('wrk', options.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
        let said = '';
        program.stdout.on('data', (text) => { said += text; });
        program.on('error', reject);
        program.on('exit', () => {
            const figures = /FIGURES (.*)/.exec(said)?.[1].split(' ').map(Number);
            if (!figures) return reject(new Error(`wrk: ${said}`));
            const [requests, connect, readErrors, write, status, timeout, median, slowest] = figures;
            return resolve({ requests, connect, read: readErrors, write, status, timeout, median, slowest });
        });
    });
}

async function measure() {
    const roots = [version('a', 1), version('b', 3)];
    const pages = [];
    const styles = new Map();
    const sizes = [];
    for (const [index, root] of roots.entries()) {
        const alone = join(folder, `alone-${index}`);
        await build(root, alone);
        pages.push(documents(alone));
        for (const [path, bytes] of stylesheets(alone)) styles.set(path, bytes);
        sizes.push(readdirSync(alone, { recursive: true }).filter((name) => statSync(join(alone, name)).isFile()).length);
    }
    // The page between the screening and elsewhere names nothing that differs: it would show nothing.
    const same = [...pages[0].keys()].filter((path) => pages[1].get(path)?.equals(pages[0].get(path)));
    if (same.some((path) => !path.endsWith('/k/'))) throw new Error(`the same in both versions: ${same}`);
    for (const path of same) pages[0].delete(path);
    const largest = Math.max(...[...pages[0].values()].map((bytes) => bytes.length));
    await build(roots[0], dist);
    const headers = execFileSync(PROGRAM, ['headers', 'nginx', '--root', roots[0], '--base-url', 'http://127.0.0.1'], {
        encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
    });
    const server = await startPlainNginx({ folder, dist, headers });
    const { get, end } = asker(server.origin);
    const started = Date.now();
    const elapsed = () => (Date.now() - started) / 1_000;
    let isDone = false;
    const isEnough = () => publishes.length >= LEAST.publishes && found.reads >= LEAST.reads && elapsed() >= LEAST.seconds;
    const publishes = [];
    const readers = Array.from({ length: READERS }, () => read(server.origin, pages, styles, () => isDone));
    const counted = [];
    const pressing = (async () => {
        while (!isDone) counted.push(await wrk(server.origin, [...pages[0].keys()], IS_SAMPLE ? 5 : 20));
    })();
    try {
        while (!isEnough()) {
            if (elapsed() > MOST_SECONDS) throw new Error(`not enough in ${MOST_SECONDS} s: ${JSON.stringify(found)}`);
            const before = Date.now();
            await build(roots[(publishes.length + 1) % 2], dist);
            publishes.push(Date.now() - before);
            // Those of this release, and those of the one before for whoever has its pages open.
            for (const path of styles.keys()) await readStyle(get, styles, path);
        }
    } finally {
        isDone = true;
        end();
        await Promise.all([...readers, pressing]);
        await server.stop();
    }
    return { publishes, seconds: elapsed(), wrk: summed(counted), files: sizes, pages: pages[0].size, largest };
}

function summed(all) {
    const sum = (name) => all.reduce((total, figures) => total + figures[name], 0);
    const worst = (name) => Math.max(...all.map((figures) => figures[name]));
    const errors = ['connect', 'read', 'write', 'status', 'timeout'].map((name) => [name, sum(name)]);
    return { requests: sum('requests'), errors: Object.fromEntries(errors), median: worst('median'), slowest: worst('slowest') };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const thousands = (number) => Math.round(number).toLocaleString('en-US');

function rows({ publishes, seconds, wrk: pressed }) {
    const { connect, read: reading, write, status, timeout } = pressed.errors;
    return [
        ['publishes under load', thousands(publishes.length), `≥ ${LEAST.publishes}`, publishes.length >= LEAST.publishes],
        ['documents read and compared', thousands(found.reads), `≥ ${thousands(LEAST.reads)}`, found.reads >= LEAST.reads],
        ['of them the one version, the other', found.of.map(thousands).join(', '), 'both', found.of.every((count) => count > 0)],
        ['missing (no 200)', found.missing, 0, found.missing === 0],
        ['empty', found.empty, 0, found.empty === 0],
        ['mixed, torn or of neither version', found.mixed, 0, found.mixed === 0],
        ['connections that broke', found.broken, 0, found.broken === 0],
        ['stylesheets read after their page, and after each publish those of both', thousands(found.styles), '> 0', found.styles > 0],
        ['of them missing or wrong', found.stylesMissing, 0, found.stylesMissing === 0],
        ['further requests by wrk', thousands(pressed.requests), '> 0', pressed.requests > 0],
        ['errors: connect, read, write', [connect, reading, write].join(', '), '0, 0, 0', connect + reading + write === 0],
        ['answers that are no 2xx or 3xx', status, 0, status === 0],
        ['time-outs (30 s)', timeout, 0, timeout === 0],
        ['requests a second, all together', thousands((pressed.requests + found.reads + found.styles) / seconds), '', true],
        ['one publish, median and longest', `${median(publishes)} ms, ${Math.max(...publishes)} ms`, '', true],
        ['wrk: median and 99 % of its worst round', `${(pressed.median / 1_000).toFixed(1)} ms, ${(pressed.slowest / 1_000).toFixed(1)} ms`, '', true],
    ];
}

function keep(result, table) {
    const nginx = execFileSync('sh', ['-c', 'PATH="$PATH:/usr/sbin" nginx -v 2>&1']).toString().trim().replace(/.*: /, '');
    const where = memory === '/dev/shm' ? 'tmpfs' : 'disk';
    const line = (cells) => `| ${cells.join(' | ')} |`;
    writeFileSync(join(ROOT, 'docs', 'load.md'), [
        '# Readers while the site is published',
        '',
        'Written by `bash tests/deep/load`, never by hand. Two versions of the real site, in which every document and the stylesheet differ',
        `(${thousands(result.pages)} documents in ${thousands(result.files[0])} files, the largest of ${Math.round(result.largest / 1_024)} KB), are published in turns by \`bersinar build\``,
        'into the folder that nginx serves with [deploy/nginx.conf](../deploy/nginx.conf), without TLS. Readers ask for random documents,',
        'plain or as gzip (nginx packs them itself here), and compare them with the bytes of both versions; for one in four they then ask for',
        'the stylesheet it names. After each publish the stylesheets of this release and of the one before are read. wrk asks for more',
        'beside them.',
        '',
        `${new Date().toISOString().slice(0, 10)}, ${nginx}, ${cpus().length} cores shared by all of it, ${where}, ${Math.round(result.seconds)} s`,
        '',
        line(['what', 'found', 'must be', '']),
        line(['---', '---', '---', '---']),
        ...table.map(([what, seen, limit, holds]) => line([what, seen, limit, limit === '' ? '' : holds ? 'holds' : '**does not hold**'])),
        '',
        '## Why it holds',
        '',
        '- The published folder is exchanged for the new one by one system call (`renameat2`). There is no moment without it.',
        '- nginx resolves `root` and the path at each request and sends the open file to its end; a file that is open stays whole although',
        '  the folder around it is gone. The generator never writes into a published file: it puts a new one in its place.',
        '- `open_file_cache` is off in `deploy/nginx.conf`. With it nginx would go on sending files of the old site while the cache holds them.',
        '- Stylesheets and pictures are named by their content, and those of the release before stay for one release.',
        '',
    ].join('\n'));
}

try {
    const result = await measure();
    const table = rows(result);
    for (const [what, seen, limit, holds] of table) console.log(`${holds ? 'ok  ' : 'NOT '} ${what}: ${seen}${limit === '' ? '' : `  [${limit}]`}`);
    for (const example of found.examples) console.log(`     ${example}`);
    if (!IS_SAMPLE) keep(result, table);
    process.exitCode = table.every(([, , , holds]) => holds) ? 0 : 1;
} finally {
    rmSync(folder, { recursive: true, force: true });
}
