// The real site through nginx -> Lighthouse's four scores of one page of each kind, and docs/lighthouse.md.
//
// The real site is on trial, and each of its pages asks search engines to stay away. Lighthouse takes that
// for a mistake. So the site is built with a `base.html` that lacks that one line, and is the same otherwise.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lighthouse from 'lighthouse';
import { HOST, freePort, start } from '../browser/deployed.mjs';
import { startChromium } from './devtools.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const IS_SAMPLE = process.argv.includes('--sample');
const PAGES = { home: '/', article: '/ibm/agen-pemulihan/', unit: '/unit/ancol/', province: '/wilayah/dki-jakarta/' };
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
/** The runs of a page; what counts is their median. */
const RUNS = IS_SAMPLE ? 1 : 3;
/** The line that only a site on trial has. */
const TRIAL = '<meta name="robots" content="noindex">\n';

const folder = mkdtempSync(join(tmpdir(), 'bersinar-lighthouse-'));
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

function bersinar(...options) {
    const [command, before] = process.env.BERSINAR_PROGRAM
        ? [process.env.BERSINAR_PROGRAM, []]
        : ['cargo', ['run', '--quiet', '--locked', '-p', 'bersinar', '--']];
    const run = spawnSync(command, [...before, ...options, '--today', '2026-11-21'], { cwd: ROOT, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`bersinar ${options[0]}: ${run.stderr.slice(-2_000)}`);
    return run.stdout;
}

/** The real site without the line of the trial, built; its folder and its headers for nginx. */
function publish() {
    const root = join(folder, 'site');
    const dist = join(folder, 'dist');
    for (const part of ['bersinar.toml', 'content']) cpSync(join(ROOT, part), join(root, part), { recursive: true });
    const before = readFileSync(join(ROOT, 'templates', 'base.html'), 'utf8');
    const after = before.replace(TRIAL, '');
    if (after === before) throw new Error('base.html has no line of the trial');
    // The other templates are in the program.
    mkdirSync(join(root, 'templates'));
    writeFileSync(join(root, 'templates', 'base.html'), after);
    const place = ['--root', root, '--base-url', `https://${HOST}`];
    bersinar('build', ...place, '--out', dist, '--compress');
    return { dist, headers: bersinar('headers', 'nginx', ...place) };
}

/** What makes Chromium find the server under its real name, and take its certificate for a good one. */
function trusting({ place, sealedPort }) {
    const { publicKey } = new X509Certificate(readFileSync(join(place, 'cert.pem')));
    const key = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
    return [`--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${sealedPort}`, `--ignore-certificate-errors-spki-list=${key}`];
}

/** One run in a Chromium of its own: the report. */
async function examine(path, chromiumArguments) {
    const port = await freePort();
    const profile = mkdtempSync(join(folder, 'profile-'));
    const chromium = await startChromium(profile, [`--remote-debugging-port=${port}`, ...chromiumArguments]);
    try {
        const { lhr } = await lighthouse(`https://${HOST}${path}`, { port, logLevel: 'error', onlyCategories: CATEGORIES });
        if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
        return lhr;
    } finally {
        await chromium.close();
    }
}

/** The audits that took something from a score. */
function complaints({ audits, categories }) {
    const weights = new Map(CATEGORIES.flatMap((name) => categories[name].auditRefs).map(({ id, weight }) => [id, weight]));
    return Object.values(audits)
        .filter(({ id, score }) => score !== null && score < 1 && weights.get(id) > 0)
        .map(({ id, score, displayValue }) => `${id}: ${score}${displayValue ? `, ${displayValue}` : ''}`);
}

async function measure() {
    const server = await start('nginx', { folder, ...publish() });
    const rows = [];
    try {
        for (const [kind, path] of Object.entries(PAGES).slice(0, IS_SAMPLE ? 1 : undefined)) {
            const reports = [];
            while (reports.length < RUNS) reports.push(await examine(path, trusting(server)));
            const scores = CATEGORIES.map((name) => median(reports.map(({ categories }) => Math.round(categories[name].score * 100))));
            const timed = (audit) => median(reports.map(({ audits }) => audits[audit].numericValue));
            rows.push({
                kind, path, scores, reports,
                paint: timed('first-contentful-paint'), largest: timed('largest-contentful-paint'),
                bytes: timed('total-byte-weight'),
            });
            console.log(`${scores.every((score) => score === 100) ? 'ok  ' : 'NOT '} ${path}: ${scores.join(', ')}`);
            for (const complaint of new Set(reports.flatMap(complaints))) console.log(`     ${complaint}`);
        }
    } finally {
        await server.stop();
    }
    return rows;
}

function keep(rows) {
    const said = (command, ...options) => execFileSync(command, options, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
    const nginx = said('sh', '-c', 'PATH="$PATH:/usr/sbin" nginx -v 2>&1').replace(/.*: /, '');
    const { lighthouseVersion, environment, configSettings } = rows[0].reports[0];
    const chromium = /Chrome\/([\d.]+)/.exec(environment.hostUserAgent)[1];
    const { rttMs, throughputKbps, cpuSlowdownMultiplier } = configSettings.throttling;
    const line = (cells) => `| ${cells.join(' | ')} |`;
    const seconds = (ms) => `${(ms / 1_000).toFixed(2)} s`;
    writeFileSync(join(ROOT, 'docs', 'lighthouse.md'), [
        '# What Lighthouse says',
        '',
        'Written by `bash tests/deep/lighthouse`, never by hand; it fails where a score is below 100. The real site is built by',
        '`bersinar build --compress` and sent by nginx with [deploy/nginx.conf](../deploy/nginx.conf), word for word but for ports and places,',
        'by TLS and under the name that stands in it. Lighthouse runs as it comes, which is its mobile setting: a phone,',
        `${rttMs} ms there and back, ${throughputKbps} kbit/s, a processor ${cpuSlowdownMultiplier} times slower.`,
        '',
        'One thing is not as it is published: the real site is on trial (`percobaan`), so that each page asks search engines to stay away,',
        'and Lighthouse marks that down (`is-crawlable`). It is examined without that one line of `base.html`. The sentence about the trial',
        'stands on each page as always. No audit is left out.',
        '',
        `Commit of ${said('git', 'log', '-1', '--format=%cs')}, Lighthouse ${lighthouseVersion}, Chromium ${chromium}, ${nginx}.`,
        `Each figure is the median of ${RUNS} runs, each with a browser and a profile of its own.`,
        '',
        line(['page', ...CATEGORIES, 'first paint', 'largest paint', 'bytes']),
        line(['---', ...CATEGORIES.map(() => '---:'), '---:', '---:', '---:']),
        ...rows.map(({ kind, path, scores, paint, largest, bytes }) =>
            line([`${kind}, \`${path}\``, ...scores, seconds(paint), seconds(largest), Math.round(bytes).toLocaleString('en-US')])),
        '',
    ].map((text) => text.trimEnd()).join('\n'));
}

try {
    const rows = await measure();
    if (!IS_SAMPLE) keep(rows);
    process.exitCode = rows.every(({ scores }) => scores.every((score) => score === 100)) ? 0 : 1;
} finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
