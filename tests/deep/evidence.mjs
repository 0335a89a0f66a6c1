// Figures -> the terminal, and docs/privacy-evidence.md: one part for each measure, written anew when
// the measure is run whole. Nobody writes there by hand.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXECUTABLE } from '../browser/browser.mjs';

const FILE = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'privacy-evidence.md');
const INTRODUCTION = `# What was measured about the sealed screening

Written by \`bash tests/deep/run\`, never by hand; each part when it was last run whole. How and why: [tests/deep](../tests/deep/README.md).
`;
/** The order of the parts. */
const ORDER = ['egress', 'silence', 'residue', 'profiles', 'leaving', 'powers', 'access', 'scoring', 'size', 'grades'];

/** Says on the terminal what was found. */
export function print({ title }, { figures, table, notes = [] }, seconds) {
    console.log(`\n== ${title} (${seconds} s)`);
    for (const { what, found, limit, holds } of figures) {
        console.log(`${holds ? 'ok  ' : 'NOT '} ${what}: ${found}${limit === undefined ? '' : `  [${limit}]`}`);
    }
    for (const note of notes) console.log(`     ${note}`);
    for (const row of table?.rows ?? []) console.log(`     ${row.join(' | ')}`);
}

/** Writes the part of the measure anew. */
export function keep(measure, result, seconds) {
    const parts = existsSync(FILE) ? partsOf(readFileSync(FILE, 'utf8')) : new Map();
    parts.set(measure.name, partFor(measure, result, seconds));
    const sorted = ORDER.filter((name) => parts.has(name)).map((name) => parts.get(name));
    writeFileSync(FILE, [INTRODUCTION, ...sorted].join('\n'));
}

function partsOf(text) {
    const pattern = /<!-- (\w+) -->\n[\s\S]*?<!-- \/\1 -->\n/g;
    return new Map([...text.matchAll(pattern)].map(([part, name]) => [name, part]));
}

function partFor({ name, title }, { figures, table, notes = [] }, seconds) {
    const lines = [
        `<!-- ${name} -->`,
        `## ${title}`,
        '',
        `${new Date().toISOString().slice(0, 10)}, ${browserVersion()}, \`bash tests/deep/run ${name}\`, ${seconds} s`,
        '',
        ...asTable(['what', 'found', 'must be', ''], figures.map(({ what, found, limit = '', holds }) =>
            [what, found, limit, holds ? 'holds' : '**does not hold**'])),
    ];
    if (notes.length > 0) lines.push('', ...notes.map((note) => `- ${note}`));
    if (table) lines.push('', ...asTable(table.columns, table.rows));
    return [...lines, `<!-- /${name} -->`, ''].join('\n');
}

function asTable(columns, rows) {
    const row = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
    return [row(columns), row(columns.map(() => '---')), ...rows.map(row)];
}

let version;

function browserVersion() {
    version ??= execFileSync(EXECUTABLE, ['--version', '--no-sandbox'], { stdio: ['ignore', 'pipe', 'ignore'] })
        .toString().trim().replace(/ built on.*/, '');
    return version;
}
