// Every built page is valid HTML, according to the Nu Html Checker.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { test } from 'node:test';
import { DIST, builtPages } from './site.mjs';

/**
 * The checker knows the address of no page, so that 'self' matches nothing, and it counts no hashes.
 * pages.test.mjs and widget.test.mjs hold the policy against Chromium, which knows both.
 */
const JUDGED_BY_CHROMIUM = /violates Content Security Policy/;

const VNU = createRequire(import.meta.url)('vnu-jar');

test('the Nu Html Checker finds no error in any page', { timeout: 180_000 }, () => {
    const files = builtPages().map(({ file }) => file);
    assert.ok(files.length > 100, 'the whole site is there');
    const messages = check(files).filter(({ message }) => !JUDGED_BY_CHROMIUM.test(message));
    for (const warning of messages.filter(({ type }) => type !== 'error')) console.log(told(warning));
    assert.deepEqual(messages.filter(({ type }) => type === 'error').map(told), []);
});

test('the checker would find an error', { timeout: 60_000 }, () => {
    const page = '<!doctype html><html lang="id"><title>x</title><p><div></p>';
    assert.ok(check(['-'], page).some(({ type }) => type === 'error'));
});

function check(files, input) {
    const run = spawnSync('java', ['-jar', VNU, '--format', 'json', ...files], {
        input,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
    });
    assert.equal(run.error, undefined, 'Java runs');
    return JSON.parse(run.stderr).messages;
}

function told({ type, subType, url, lastLine, lastColumn, message, extract }) {
    const file = url ? relative(DIST, decodeURIComponent(url.replace(/^file:/, ''))) : '-';
    return `${subType ?? type} ${file}:${lastLine}:${lastColumn} ${message} | ${extract ?? ''}`;
}
