// deploy/sync with rclone and a folder as the object storage: after each of its steps every page that can be
// read has its stylesheet, and in the end there is what was published and nothing else.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lacks } from './deployed.mjs';

const SYNC = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'deploy', 'sync');
const skip = lacks('rclone');

let folder;
let storage;

before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bersinar-sync-'));
    storage = join(folder, 'storage');
    mkdirSync(storage);
    // What readers see is kept after each step.
    const real = spawnSync('sh', ['-c', 'command -v rclone'], { encoding: 'utf8' }).stdout.trim();
    mkdirSync(join(folder, 'bin'));
    const wrapper = join(folder, 'bin', 'rclone');
    writeFileSync(wrapper, `#!/bin/sh
"${real}" "$@" || exit
case $1 in copy | sync) cp -R "${storage}" "${folder}/after-$(ls "${folder}" | grep -c ^after)" ;; esac
`);
    chmodSync(wrapper, 0o755);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A published folder of two pages whose stylesheet is that of the release; the one before it stays. */
function publish(release, before, pages) {
    const place = join(folder, `dist-${release}`);
    const put = (path, text) => {
        mkdirSync(dirname(join(place, path)), { recursive: true });
        writeFileSync(join(place, path), text);
    };
    for (const number of [before, release].filter(Boolean)) put(`aset/gaya.${number}.css`, `/* ${number} */`);
    for (const page of pages) {
        put(`${page}index.html`, `${release} <link href="/aset/gaya.${release}.css">`);
        put(`${page}index.html.br`, 'packed');
    }
    for (const name of ['.bersinar', '.htaccess', '_headers', 'sitemap.xml', 'SHA256SUMS']) put(name, `${name} ${release}`);
    return place;
}

function sync(place, ...more) {
    return syncTo(storage, place, ...more);
}

function syncTo(destination, place, ...more) {
    const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`, RCLONE_CONFIG: '/dev/null' };
    return spawnSync(SYNC, [place, destination, ...more], { env, encoding: 'utf8' });
}

function filesIn(place) {
    return readdirSync(place, { recursive: true }).map(String).filter((name) => statSync(join(place, name)).isFile()).sort();
}

const steps = () => readdirSync(folder).filter((name) => name.startsWith('after-'));

test('a dry run changes nothing and says what it would do', { skip }, () => {
    const run = sync(publish(1, null, ['', 'a/']), '--dry-run');
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stderr, /a\/index\.html.*dry-run|Skipped copy/i);
    assert.deepEqual(filesIn(storage), []);
});

test('readers see whole pages at every step, and in the end what was published', { skip }, () => {
    for (const [release, before, pages] of [[1, null, ['', 'a/']], [2, 1, ['', 'a/', 'b/']], [3, 2, ['', 'b/']]]) {
        for (const step of steps()) rmSync(join(folder, step), { recursive: true });
        const run = sync(publish(release, before, pages));
        assert.equal(run.status, 0, run.stderr);
        assert.equal(steps().length, 4);
        for (const step of steps()) {
            for (const name of filesIn(join(folder, step)).filter((file) => file.endsWith('.html'))) {
                const [, style] = /href="\/([^"]+)"/.exec(readFileSync(join(folder, step, name), 'utf8'));
                assert.ok(existsSync(join(folder, step, style)), `${release}, ${step}: ${name} lacks ${style}`);
            }
        }
        const styles = [before, release].filter(Boolean).map((number) => `aset/gaya.${number}.css`);
        const expected = [...styles, ...pages.map((page) => `${page}index.html`), 'SHA256SUMS', 'sitemap.xml'].sort();
        assert.deepEqual(filesIn(storage), expected);
        assert.ok(readFileSync(join(storage, 'index.html'), 'utf8').startsWith(`${release} `));
    }
});

test('a folder that is no published site is refused', { skip }, () => {
    const kept = filesIn(storage);
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    assert.equal(sync(empty).status, 2);
    assert.equal(spawnSync(SYNC, [empty]).status, 2);
    assert.deepEqual(filesIn(storage), kept);
});

test('a storage that keeps no digests is refused: rclone would compare sizes', { skip }, () => {
    const kept = filesIn(storage);
    const password = spawnSync('rclone', ['obscure', 'x'], { encoding: 'utf8' }).stdout.trim();
    const run = syncTo(`:crypt,remote=${storage},password=${password}:`, publish(4, 3, ['']));
    assert.equal(run.status, 2, run.stderr);
    assert.deepEqual(filesIn(storage), kept);
});
