// Scoring: every change that cargo-mutants makes to the instrument is noticed, every branch is taken by
// the tests, and a million random screenings agree with the second implementation.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../browser/site.mjs';
import { atLeast, atMostNames, equal, told } from './figures.mjs';

const RUNS = { whole: 1_000_000, sample: 20_000 };
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
const TOOLS = join(TARGET, 'tools', 'bin');

export const name = 'scoring';
export const title = 'Scoring: mutants, branches, a second implementation';

export async function measure({ isSample }) {
    const runs = RUNS[isSample ? 'sample' : 'whole'];
    // The sample takes the tests as they have been built.
    const figures = randomRuns(runs, isSample ? [] : ['--release']);
    if (isSample) return { figures };
    return {
        figures: [...figures, ...branches(), ...mutants()],
        notes: ['Branches are counted by the pinned compiler with RUSTC_BOOTSTRAP=1: `--branch` is not yet stable.'],
    };
}

/** Runs cargo; the closed world has no network, and none is needed. */
function cargo(words, more = {}) {
    const { status, stdout, stderr } = spawnSync('cargo', words, {
        cwd: ROOT,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: { ...process.env, CARGO_NET_OFFLINE: 'true', PATH: `${TOOLS}:${process.env.PATH}`, ...more },
    });
    return { status, stdout, stderr };
}

function randomRuns(runs, profile) {
    const { status, stdout, stderr } = cargo([
        'test', ...profile, '--locked', '-p', 'screening', '--test', 'random_runs', 'seeded', '--', '--nocapture',
    ], { BERSINAR_RUNS: String(runs) });
    const [, played] = stdout.match(/^(\d+) runs:/m) ?? [];
    if (status !== 0) console.error(stdout, stderr);
    return [
        atLeast('random runs against the second implementation', Number(played ?? 0), runs),
        equal('all equal', status === 0, true),
    ];
}

function branches() {
    const { status, stdout, stderr } = cargo(
        ['llvm-cov', '--branch', '--json', '--locked', '-p', 'screening'],
        { RUSTC_BOOTSTRAP: '1' },
    );
    if (status !== 0) throw new Error(`cargo llvm-cov: ${stderr}`);
    const [{ files, totals }] = JSON.parse(stdout).data;
    const missed = files.flatMap(({ filename, branches: list }) => list
        .filter(([, , , , taken, notTaken]) => taken === 0 || notTaken === 0)
        .map(([line]) => `${filename.replace(`${ROOT}/`, '')}:${line}`));
    const share = ({ covered, count }) => `${covered} of ${count}`;
    return [
        atLeast('branches of screening', totals.branches.count, 1),
        atMostNames('branches not taken both ways', [...new Set(missed)], 0),
        told('regions covered', share(totals.regions)),
        told('lines covered', share(totals.lines)),
    ];
}

function mutants() {
    const out = mkdtempSync(join(tmpdir(), 'mutan-'));
    try {
        // Optimised, the tests of one mutant take seconds instead of a minute.
        cargo(['mutants', '-p', 'screening', '--profile', 'release', '--no-shuffle', '-j', '2', '-o', out, '--', '--locked']);
        const read = (list) => readFileSync(join(out, 'mutants.out', `${list}.txt`), 'utf8').split('\n').filter(Boolean);
        return [
            atLeast('mutants tried', read('caught').length + read('missed').length + read('timeout').length, 1),
            told('of these caught by the compiler or the tests', read('caught').length + read('timeout').length),
            atMostNames('survivors', read('missed'), 0),
        ];
    } finally {
        rmSync(out, { recursive: true, force: true });
    }
}
