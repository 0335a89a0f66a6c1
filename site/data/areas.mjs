// The four tables of idn-area-data → areas.txt: each area on a line below the one it lies in, one tab deeper,
// with the last part of its code and its official name. Run where a package of a given version was unpacked:
//
//     npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz
//     node site/data/areas.mjs package/data > site/data/areas.txt

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TABLES = ['provinces.csv', 'regencies.csv', 'districts.csv', 'villages.csv'];

/** The fields of a line of CSV; a quote in a quoted field is written twice. */
function fields(line) {
    const found = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field]) => field);
    const plain = (field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    // The pattern also matches the nothing at the end of the line.
    return found.slice(0, -1).map(plain);
}

/** Code and name of each row: the first and the last column. */
function rows(table) {
    const lines = readFileSync(join(process.argv[2], table), 'utf8').trim().split(/\r?\n/).slice(1);
    return lines.map(fields).map((row) => [row[0], row.at(-1).trim().replaceAll(/\s+/g, ' ')]);
}

function line([code, name]) {
    const parts = code.split('.');
    return `${'\t'.repeat(parts.length - 1)}${parts.at(-1)} ${name}\n`;
}

const areas = TABLES.flatMap(rows).sort(([one], [other]) => (one < other ? -1 : 1));
process.stdout.write(areas.map(line).join(''));
