// The profile folder of a browser -> what is written in it.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const SQLITE = 'SQLite format 3\0';

/** Every file in the folder, as bytes. */
export function filesIn(folder) {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .map((file) => ({ file, name: relative(folder, file), bytes: readFileSync(file) }));
}

/** Which of the texts stand in the folder, in UTF-8 or UTF-16LE: `file: text`. */
export function textsFoundIn(folder, texts) {
    const wanted = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')].map((bytes) => ({ text, bytes })));
    return filesIn(folder).flatMap(({ name, bytes }) => wanted
        .filter((each) => bytes.includes(each.bytes))
        .map(({ text }) => `${name}: ${text}`));
}

/**
 * Everything written in the folder, as `place -> value`: each field of each row of each database,
 * each setting, each text of the other files.
 */
export function contentsOf(folder) {
    const found = new Map();
    for (const { file, name, bytes } of filesIn(folder)) {
        if (bytes.toString('latin1', 0, SQLITE.length) === SQLITE) addDatabase(found, file, name);
        else if (bytes[0] === 0x7b) addSettings(found, name, bytes);
        else found.set(name, textsOf(bytes));
    }
    return found;
}

function addDatabase(found, file, name) {
    const ask = (query) => {
        const answer = execFileSync('sqlite3', ['-json', `file:${file}?immutable=1`, query], { stdio: ['ignore', 'pipe', 'ignore'] });
        return answer.length > 0 ? JSON.parse(answer) : [];
    };
    for (const { name: table } of ask("select name from sqlite_master where type = 'table'")) {
        ask(`select * from "${table}"`).forEach((row, place) => {
            for (const [field, value] of Object.entries(row)) found.set(`${name} ${table}[${place}].${field}`, String(value));
        });
    }
}

function addSettings(found, name, bytes) {
    const add = (place, value) => {
        if (value !== null && typeof value === 'object') {
            for (const [key, inner] of Object.entries(value)) add(`${place}.${key}`, inner);
        } else found.set(place, String(value));
    };
    try {
        add(name, JSON.parse(bytes.toString()));
    } catch {
        found.set(name, textsOf(bytes));
    }
}

/** The texts of a file whose form is not known here: eight or more printable characters, UTF-8 or UTF-16. */
function textsOf(bytes) {
    const narrow = bytes.toString('latin1').match(/[\x20-\x7e]{8,}/g) ?? [];
    const wide = bytes.toString('latin1').match(/(?:[\x20-\x7e]\0){8,}/g) ?? [];
    return [...narrow, ...wide.map((text) => text.replaceAll('\0', ''))].join('\n');
}
