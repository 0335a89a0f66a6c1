// The preview under a browser's clock and under random edits -> docs/preview-evidence.md, which only this writes.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EXECUTABLE, launch } from '../browser/browser.mjs';
import { preview, watched } from '../browser/preview.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const FILE = join(ROOT, 'docs', 'preview-evidence.md');
const INTRODUCTION = `# What was measured about the preview

Written by \`bash tests/deep/preview\`, never by hand; each part when it was last run.
`;
/** How many saves of each kind. */
const SAVES = 50;
/** What a save may take until it is seen, in the middle of all. */
const LIMIT_MS = 100;

/** The page that is saved, and what is changed in it. */
const PAGE = { file: 'content/ibm/_index.md', path: '/ibm/' };
const KINDS = {
    'a sentence in the text': (good, mark) => `${good}\n${mark} kalimat baru.\n`,
    'the title, which other pages show too': (good, mark) => good.replace(/^judul = ".*"/m, `judul = "${mark} judul"`),
};

async function saves() {
    const [site, browser] = await Promise.all([preview(), launch()]);
    const good = site.read(PAGE.file);
    const { timed, close } = await watched(browser, site.origin + PAGE.path);
    const rows = [];
    for (const [kind, change] of Object.entries(KINDS)) {
        const found = [];
        for (let count = 0; count < SAVES; count += 1) {
            found.push(await timed((mark) => site.write(PAGE.file, change(good, mark))));
            await new Promise((done) => setTimeout(done, 200));
        }
        found.sort((one, other) => one - other);
        const at = (share) => `${Math.round(found[Math.floor((found.length - 1) * share)])} ms`;
        const holds = found[Math.floor(found.length / 2)] <= LIMIT_MS;
        rows.push([kind, at(0.5), at(0.9), at(1), `median ≤ ${LIMIT_MS} ms`, holds ? 'holds' : '**does not hold**']);
    }
    await close();
    await browser.close();
    site.close();
    return [
        `From the write of a file until the frame with it is painted, ${SAVES} times each, on a copy of the real site. The machine had`,
        `${cpus().length} cores, and ${loadavg()[0].toFixed(1)} processes that wanted them on average:`,
        '',
        table(['what is saved', 'median', '9 of 10 within', 'slowest', 'must be', ''], rows),
    ].join('\n');
}

async function edits() {
    const count = process.env.BERSINAR_EDITS ?? '1000';
    const seed = process.env.BERSINAR_SEED ?? '1000';
    const started = Date.now();
    const cargo = ['cargo', 'test', '--release', '-p', 'bersinar', '--locked', '--test', 'random_edits', '--'];
    const [program, ...options] = process.env.BERSINAR_EDITS_TEST ? [process.env.BERSINAR_EDITS_TEST] : cargo;
    const env = { ...process.env, BERSINAR_EDITS: count, BERSINAR_SEED: seed };
    const run = spawn(program, [...options, '--nocapture'], { cwd: join(ROOT, 'site'), env, stdio: ['ignore', 'ignore', 'pipe'] });
    const kinds = new Map();
    createInterface({ input: run.stderr }).on('line', (line) => {
        console.error(line);
        const [, name, end] = /^edit \d+, (.*): (good|broken)$/.exec(line) ?? [];
        if (!name) return;
        const sums = kinds.get(name) ?? { good: 0, broken: 0 };
        sums[end] += 1;
        kinds.set(name, sums);
    });
    const code = await new Promise((done) => run.on('close', done));
    if (code !== 0) throw new Error(`the edits ended with ${code}`);
    const rows = [...kinds].sort().map(([name, { good, broken }]) => [name, good, broken]);
    const sum = (end) => rows.reduce((all, row) => all + row[end], 0);
    const minutes = Math.round((Date.now() - started) / 60_000);
    return [
        `One running preview under ${count} random edits (seed ${seed}, ${minutes} minutes). After each, every address served what a build into`,
        'an empty folder made, or, where the edit broke the site, what the last good one had made, with the faults over it. Between',
        'broken ones everything was now and then taken back. At the end it served the bytes of a fresh build.',
        '',
        table(['edit', 'site good', 'site broken'], [...rows, ['all', sum(1), sum(2)]]),
    ].join('\n');
}

function table(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const PARTS = { save: ['Save → seen', saves], edits: ['Random edits', edits] };
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
const known = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
const kept = new Map([...known.matchAll(/<!-- (\w+) -->\n[\s\S]*?<!-- \/\1 -->\n/g)].map(([part, name]) => [name, part]));
for (const name of wanted) {
    const [title, measure] = PARTS[name];
    const text = await measure();
    const browser = execFileSync(EXECUTABLE, ['--version'], { encoding: 'utf8' }).trim().replace(/ built on.*/, '');
    const date = new Date().toISOString().slice(0, 10);
    const by = `${date}, ${browser}, \`bash tests/deep/preview ${name}\``;
    kept.set(name, `<!-- ${name} -->\n## ${title}\n\n${by}\n\n${text}\n<!-- /${name} -->\n`);
    console.log(`\n${text}`);
    const parts = Object.keys(PARTS).filter((part) => kept.has(part)).map((part) => kept.get(part));
    writeFileSync(FILE, [INTRODUCTION, ...parts].join('\n'));
}
