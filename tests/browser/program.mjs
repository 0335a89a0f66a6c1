// The program itself, for what it makes besides a built site.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { ROOT } from './site.mjs';

/** Runs the program for the real site, on the day of the tests. */
export function bersinar(options) {
    const cargo = ['run', '--quiet', '--locked', '-p', 'bersinar', '--'];
    const place = ['--root', ROOT, '--today', '2026-11-21'];
    const run = spawnSync('cargo', [...cargo, ...options, ...place], { cwd: ROOT, encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
    return run;
}
