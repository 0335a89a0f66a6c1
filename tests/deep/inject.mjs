// Fault injection into publishing: every n-th call of the system fails or kills the program, for every n. See README.md.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PROGRAM = process.env.BERSINAR_PROGRAM;
const IS_SAMPLE = process.argv.includes('--sample');
const EVIDENCE = path.join(ROOT, 'docs/publish-evidence.md');
const LIST = 'SHA256SUMS';
const MARKER = '.bersinar';

/// What writing a file, a folder or a lock consists of.
const CALLS = [
    'write', 'openat', 'mkdir', 'rename', 'renameat2', 'fsync', 'syncfs', 'ftruncate', 'flock', 'unlink', 'unlinkat', 'rmdir',
    'mkdirat', 'renameat', 'fdatasync', 'copy_file_range', 'sendfile', 'link', 'linkat', 'symlink',
];
const BLOWS = ['ENOSPC', 'EIO', 'EACCES', 'SIGKILL'];

const mount = (...args) => execFileSync('mount', args);

/// What a real disk can lack: each leaves it so many of something. The words name them in the evidence.
const DISKS = {
    'free pages': (disk, count) => {
        const { bavail, bsize } = fs.statfsSync(disk);
        fs.writeFileSync(path.join(disk, 'penuh'), Buffer.alloc((bavail - count) * bsize));
    },
    'free inodes': (disk, count) => {
        const { files, ffree } = fs.statfsSync(disk);
        mount('-o', `remount,nr_inodes=${files - ffree + count}`, disk);
    },
    'no right to write': (disk) => mount('-o', 'remount,ro', disk),
};

/// How a build may begin.
const SITUATIONS = {
    first: { says: 'nothing published yet', published: 0, also: [], change: everywhere },
    second: { says: 'one site published', published: 1, also: [], change: everywhere },
    later: { says: 'sites published before, so that the old one is brought up to date', published: 3, also: [], change: everywhere },
    edited: { says: 'the same, where the body of one page alone differs and the others are taken over', published: 3, also: [], change: inOneBody },
    steps: {
        says: 'the same, on a file system that cannot exchange folders',
        published: 3,
        also: ['renameat2:error=EINVAL'],
        change: everywhere,
    },
};

/// The files below a folder by their paths; folders end in a slash.
function tree(folder, below = '') {
    const files = new Map();
    if (!fs.existsSync(folder)) return files;
    for (const entry of fs.readdirSync(path.join(folder, below), { withFileTypes: true })) {
        const name = below + entry.name;
        if (entry.isDirectory()) {
            files.set(`${name}/`, '');
            for (const [inner, bytes] of tree(folder, `${name}/`)) files.set(inner, bytes);
        } else {
            files.set(name, fs.readFileSync(path.join(folder, name), 'latin1'));
        }
    }
    return files;
}

const equal = (a, b) => a.size === b.size && [...a].every(([name, bytes]) => b.get(name) === bytes);
const sha256 = (text) => createHash('sha256').update(text, 'latin1').digest('hex');

/// What a finished site must look like that has the files of a first build and perhaps assets of the one before.
function isWhole(found, made) {
    const expected = new Map(made);
    const [head, ...earlier] = (found.get(MARKER) ?? '').split('\n').slice(0, -1);
    for (const line of earlier) {
        const [sum, name] = line.split('  ');
        if (!/^aset\/[^/]+$/.test(name) || made.has(name) || sha256(found.get(name) ?? '') !== sum) return false;
        expected.set(name, found.get(name));
    }
    expected.set(MARKER, found.get(MARKER));
    return `${head}\n` === made.get(MARKER) && equal(found, expected);
}

function command(site, out) {
    return [PROGRAM, ['build', '--root', site, '--out', out, '--today', '2026-11-21']];
}

const ENVIRONMENT = { ...process.env, RAYON_NUM_THREADS: '1', LC_ALL: 'C' };

/// Runs a program: its exit code or signal, and what it told.
async function run(program, args) {
    const child = spawn(program, args, { env: ENVIRONMENT });
    let told = '';
    child.stderr.on('data', (text) => (told += text));
    child.stdout.resume();
    return new Promise((resolve) => child.on('close', (code, signal) => resolve({ end: signal ?? code, told })));
}

async function build(site, out) {
    const { end, told } = await run(...command(site, out));
    if (end !== 0) throw new Error(`an undisturbed build fails: ${told}`);
}

/// Makes pages, styles and pictures of a site others.
function everywhere(site) {
    fs.appendFileSync(path.join(site, 'templates/gaya/dasar.css'), '\n.lain { color: red }\n');
    const content = path.join(site, 'content');
    fs.renameSync(path.join(content, 'unit/ancol.md'), path.join(content, 'unit/baru.md'));
    for (const [name, text] of tree(content)) {
        if (!name.endsWith('/')) fs.writeFileSync(path.join(content, name), text.replaceAll('unit/ancol.md', 'unit/baru.md'), 'latin1');
    }
}

function inOneBody(site) {
    fs.appendFileSync(path.join(site, 'content/unit/ancol.md'), '\nSatu kalimat lagi.\n');
}

/// Two small sites that differ, each with what a first build makes of it.
async function sites(folder, change) {
    const both = ['a', 'b'].map((name) => path.join(folder, name));
    for (const site of both) {
        fs.cpSync(path.join(ROOT, 'tests/sites/kecil'), site, { recursive: true });
        for (const file of ['kata.id.toml', 'skrining.id.toml']) {
            const place = path.join(site, 'content/data', file);
            if (!fs.existsSync(place)) fs.copyFileSync(path.join(ROOT, 'content/data', file), place);
        }
    }
    change(both[1]);
    return Promise.all(both.map(async (site) => {
        const out = path.join(folder, 'made', path.basename(site), 'dist');
        await build(site, out);
        return { site, made: tree(out) };
    }));
}

/// Builds while one call after the other of the system is made to fail. Looks all the time whether a reader finds the site.
async function strike(folder, next, blow, call, n, also) {
    const out = path.join(folder, 'dist');
    const log = `${folder}.strace`;
    const how = blow.startsWith('SIG') ? `signal=${blow}` : `error=${blow}`;
    const inject = also.filter((rule) => !rule.startsWith(`${call}:`) || blow === 'SIGKILL').map((rule) => ['-e', `inject=${rule}`]);
    const own = ['-e', `inject=${call}:${how}:when=${n}`];
    const [program, args] = command(next.site, out);
    const options = ['-f', '-qq', '-o', log, '-e', `trace=${call},renameat2`, ...inject.flat(), ...own];
    const ended = await watched(out, run('strace', [...options, program, ...args]));
    const struck = new RegExp(`\\b${call}(\\(| resumed).*\\(INJECTED\\)$`, 'm');
    const isStruck = how.startsWith('signal') ? ended.end === blow : struck.test(fs.readFileSync(log, 'utf8'));
    return { ...ended, isStruck };
}

/// How a build ends, and how often a reader looked for the site meanwhile and did not find it.
async function watched(out, build) {
    let ended;
    const running = build.then((result) => (ended = result));
    const page = path.join(out, 'index.html');
    let [reads, missing] = [0, 0];
    while (ended === undefined) {
        reads += 1;
        if (!fs.existsSync(page)) missing += 1;
        await Promise.race([running, pause(1)]);
    }
    return { ...ended, reads, missing };
}

/// What is wrong after a strike; nothing where everything is within the contract.
function faults(folder, before, next, struck, situation) {
    const out = path.join(folder, 'dist');
    const found = tree(out);
    const isOld = equal(found, before.published);
    const isNew = isWhole(found, next.made);
    const wrong = [];
    // Between the two renames that stand for the exchange there is no output; the next build must bring it back.
    const aside = path.join(folder, '.dist.bersinar/pindah');
    const isGap = situation === SITUATIONS.steps && struck.end === 'SIGKILL' && found.size === 0 && equal(tree(aside), before.published);
    if (!isOld && !isNew && !isGap) wrong.push('the output is neither the old nor the new site');
    if (struck.end === 0 && !isNew) wrong.push('it ends well without the new site');
    if (struck.end !== 0 && struck.end !== 'SIGKILL') {
        if (!isOld) wrong.push(`it ends with ${struck.end} and the new site`);
        const isBefore = struck.told.includes('error while loading shared libraries');
        if (![1, 2].includes(struck.end) && !isBefore) wrong.push(`it ends with ${struck.end}`);
        if (struck.told.trim() === '') wrong.push('it says nothing');
    }
    if (/panicked|RUST_BACKTRACE/.test(struck.told)) wrong.push(`it panics: ${struck.told}`);
    const isGapAllowed = situation === SITUATIONS.first || situation === SITUATIONS.steps;
    if (struck.missing > 0 && !isGapAllowed) wrong.push(`readers missed the site ${struck.missing} times`);
    if (struck.end !== 'SIGKILL') wrong.push(...leftovers(folder, isOld ? before : undefined));
    return { wrong, outcome: isNew ? 'new' : isGap ? 'gap' : 'old' };
}

/// Whatever lies beside the output that may not.
function leftovers(folder, before) {
    const wrong = [];
    const beside = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    if (before && before.published.size === 0 && beside.length > 0) wrong.push(`left beside: ${beside}`);
    if (before && before.published.size === 0 && fs.existsSync(folder)) wrong.push('the folder around the output is left');
    const others = beside.filter((name) => !['dist', '.dist.bersinar'].includes(name));
    const hidden = beside.includes('.dist.bersinar') ? fs.readdirSync(path.join(folder, '.dist.bersinar')) : [];
    others.push(...hidden.filter((name) => !/^(kunci|lama|catatan-\d+)$/.test(name)));
    if (others.length > 0) wrong.push(`left: ${others}`);
    if (hidden.filter((name) => name.startsWith('catatan-')).length > 2) wrong.push('proofs are left');
    return wrong;
}

/// The number of a folder, which it keeps when it is renamed.
const inode = (folder) => fs.statSync(folder, { throwIfNoEntry: false })?.ino;

/// An undisturbed build after a strike must give the new site, leave nothing else, and not go on with what a kill left half done.
async function heal(folder, next, half) {
    const out = path.join(folder, 'dist');
    await build(next.site, out);
    const wrong = leftovers(folder);
    const used = [out, path.join(folder, '.dist.bersinar/lama')].map(inode);
    if (half !== undefined && used.includes(half)) wrong.push('the next build goes on with what was left half done');
    if (!isWhole(tree(out), next.made)) wrong.push('the next build does not heal');
    const lock = path.join(folder, '.dist.bersinar/kunci');
    if (fs.readFileSync(lock, 'utf8') !== '') wrong.push('the lock still names somebody');
    return wrong;
}

/// The strikes at one call, from the first to where there are no more.
async function series(folder, pair, name, blow, [call, usual], tell) {
    const situation = SITUATIONS[name];
    const counts = nothing();
    // A sample tries one: the last or, where the blow is a kill, one in the middle.
    const sample = blow === 'SIGKILL' ? Math.ceil(usual / 2) : usual;
    for (let n = 1, isStruck = true; isStruck && (!IS_SAMPLE || n <= usual); n += 1) {
        if (IS_SAMPLE && n !== sample) continue;
        const { next, before } = await begin(folder, pair, situation);
        const struck = await strike(folder, next, blow, call, n, situation.also);
        isStruck = struck.isStruck;
        if (!isStruck) {
            if (struck.end !== 0) throw new Error(`${call} ${n}: not struck, and ends with ${struck.end}: ${struck.told}`);
        } else {
            const found = await judge(folder, before, next, struck, situation, counts);
            for (const fault of found) tell(`${name}, ${blow} at ${call} ${n}: ${fault}`);
        }
        pair.reverse();
    }
    return counts;
}

const nothing = () => ({ strikes: 0, old: 0, new: 0, gap: 0, half: 0, reads: 0, wrong: 0 });

/// What stands before a strike, and the site that is to follow.
async function begin(folder, pair, situation) {
    if (situation.published <= 1 || !fs.existsSync(path.join(folder, 'dist'))) await prepare(folder, pair, situation);
    return { next: pair[1], before: { published: tree(path.join(folder, 'dist')) } };
}

/// Counts a strike with what came of it, also in the next build. `repair` makes that one possible.
async function judge(folder, before, next, struck, situation, counts, repair = () => {}) {
    const { wrong, outcome } = faults(folder, before, next, struck, situation);
    const half = inode(path.join(folder, '.dist.bersinar/baru'));
    repair();
    wrong.push(...(await heal(folder, next, half)));
    counts.strikes += 1;
    counts[outcome] += 1;
    counts.half += half === undefined ? 0 : 1;
    counts.reads += struck.reads;
    counts.wrong += wrong.length > 0 ? 1 : 0;
    return wrong;
}

/// Builds on a real disk that has room for nothing, then for a little more each time, until there is enough.
async function lack(disk, pair, name, blow, tell) {
    const [situation, counts, folder] = [SITUATIONS[name], nothing(), path.join(disk, name)];
    const repair = () => {
        mount('-o', 'remount,rw,nr_inodes=100000', disk);
        fs.rmSync(path.join(disk, 'penuh'), { force: true });
    };
    for (let [n, isEnough] = [0, false]; !isEnough; n = IS_SAMPLE ? 8 * n + 7 : n + 1) {
        const { next, before } = await begin(folder, pair, situation);
        DISKS[blow](disk, n);
        const struck = await watched(path.join(folder, 'dist'), run(...command(next.site, path.join(folder, 'dist'))));
        const found = await judge(folder, before, next, struck, situation, counts, repair);
        for (const fault of found) tell(`${name}, ${n} ${blow}: ${fault}`);
        isEnough = struck.end === 0 || blow === 'no right to write';
        pair.reverse();
    }
    fs.rmSync(folder, { recursive: true, force: true });
    console.log(`${name}, ${blow}: ${JSON.stringify(counts)}`);
    return { situation: name, blow, counts };
}

/// Everything that real disks can lack, one after the other.
async function disks(work, pairOf, tell) {
    const disk = path.join(work, 'cakram');
    fs.mkdirSync(disk);
    mount('-t', 'tmpfs', '-o', 'size=8m,nr_inodes=100000', 'tmpfs', disk);
    const rows = [];
    try {
        const names = Object.keys(SITUATIONS).filter((name) => SITUATIONS[name].also.length === 0);
        for (const name of names) {
            for (const blow of Object.keys(DISKS)) rows.push(await lack(disk, pairOf(name), name, blow, tell));
        }
    } finally {
        execFileSync('umount', [disk]);
    }
    return rows;
}

/// Publishes as many sites as a situation begins with.
async function prepare(folder, pair, situation) {
    fs.rmSync(folder, { recursive: true, force: true });
    for (let i = 0; i < situation.published; i += 1) {
        pair.reverse();
        await build(pair[0].site, path.join(folder, 'dist'));
    }
}

/// The calls that a build makes at all: there is no n for the others.
async function callsMade(folder, pair, situation) {
    await prepare(folder, pair, situation);
    const log = `${folder}.strace`;
    const also = situation.also.flatMap((rule) => ['-e', `inject=${rule}`]);
    const [program, args] = command(pair[1].site, path.join(folder, 'dist'));
    const options = ['-f', '-qq', '-o', log, '-e', `trace=${CALLS}`, ...also];
    await run('strace', [...options, program, ...args]);
    pair.reverse();
    const text = fs.readFileSync(log, 'utf8');
    const counts = CALLS.map((call) => [call, (text.match(new RegExp(`^\\d+ +${call}\\(`, 'gm')) ?? []).length]);
    fs.rmSync(folder, { recursive: true, force: true });
    return new Map(counts.filter(([, count]) => count > 0));
}

function evidence(rows, made, seconds) {
    const sum = (key) => rows.reduce((total, row) => total + row.counts[key], 0);
    const lines = rows.map(({ situation, blow, counts }) =>
        `| \`${situation}\` | ${blow} | ${counts.strikes} | ${counts.old} | ${counts.new} | ${counts.gap} | ${counts.half} | ${counts.wrong} |`);
    const calls = Object.entries(SITUATIONS).map(([name, { says }]) => {
        const counted = [...made.get(name)].map(([call, count]) => `${call} ${count}`).join(', ');
        return `- \`${name}\`, ${says}: ${counted}.`;
    });
    const none = CALLS.filter((call) => ![...made.values()].some((counts) => counts.has(call)));
    return `# What publishing withstands

Written by \`bash tests/deep/inject\` on ${new Date().toISOString().slice(0, 10)} (Linux ${os.release().split('-')[0]}, ${seconds} s); not by hand.

A build of \`tests/sites/kecil\` over an existing site, in which every n-th call of the system fails with ENOSPC, EIO or EACCES, or
kills the program, for every n; and on a real disk (a tmpfs) with 0, 1, 2, … free pages or inodes until they are enough, which is
counted too, and on one that may only be read. ${sum('strikes')} strikes; ${sum('wrong')} outside the contract. During them ${sum('reads')} looks for the page: none failed where the
file system can exchange folders and a site stood there before.

The contract: the output is byte for byte the old or the new site; exit code 0 means the new, 1 or 2 the old; words, no panic; nothing
is left beside it but what [ARCHITECTURE.md](../ARCHITECTURE.md#publishing) names, after a failure not even in the hidden folder; the next
build gives the new site and sweeps up. Only where a file system cannot exchange two folders, a kill between the two renames that stand for it
leaves no output; the old site then lies beside it, and the next build begins by bringing it back. A kill may leave the next site half made,
which is the site before the old one half brought up to date: the next build must throw that folder away, and not go on with it.

| situation | blow | strikes | old site after it | new site after it | none until the next build | folder left half made | outside the contract |
|---|---|---|---|---|---|---|---|
${lines.join('\n')}

The calls that are struck, each as often as a build makes it:

${calls.join('\n')}

A build makes none of these: ${none.join(', ')}.

Calls of the loader before the program begins are struck as well; it then ends with the loader's words and 127.
`;
}

/// Every blow at every call, in one situation.
async function situation(folder, pair, name, tell) {
    const made = await callsMade(folder, pair, SITUATIONS[name]);
    const rows = [];
    for (const blow of BLOWS) {
        const counts = nothing();
        // In a sample each call meets one blow in each situation, another one in the next.
        const turn = BLOWS.indexOf(blow) + Object.keys(SITUATIONS).indexOf(name);
        const calls = [...made].filter((_, index) => !IS_SAMPLE || (index + turn) % BLOWS.length === 0);
        for (const call of calls) {
            const more = await series(folder, pair, name, blow, call, tell);
            for (const key of Object.keys(counts)) counts[key] += more[key];
        }
        rows.push({ situation: name, blow, counts });
        console.log(`${name} ${blow}: ${JSON.stringify(counts)}`);
    }
    return { name, made, rows };
}

async function main() {
    const began = Date.now();
    const work = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'bersinar-inject-'));
    let wrong = 0;
    const tell = (line) => {
        wrong += 1;
        console.log(line);
    };
    try {
        const pairs = new Map();
        for (const change of [everywhere, inOneBody]) pairs.set(change, await sites(path.join(work, change.name), change));
        const pairOf = (name) => [...pairs.get(SITUATIONS[name].change)];
        const striking = Object.keys(SITUATIONS).map((name) => situation(path.join(work, name), pairOf(name), name, tell));
        const [lacking, ...outcomes] = await Promise.all([disks(work, pairOf, tell), ...striking]);
        const made = new Map(outcomes.map(({ name, made }) => [name, made]));
        const rows = [...outcomes.flatMap(({ rows }) => rows), ...lacking];
        const seconds = Math.round((Date.now() - began) / 1000);
        if (!IS_SAMPLE) fs.writeFileSync(EVIDENCE, evidence(rows, made, seconds));
        const strikes = rows.reduce((sum, row) => sum + row.counts.strikes, 0);
        console.log(`${strikes} strikes, ${wrong} faults, ${seconds} s`);
        if (strikes < 30) throw new Error('hardly anything was struck');
    } finally {
        fs.rmSync(work, { recursive: true, force: true });
    }
    process.exitCode = wrong > 0 ? 1 : 0;
}

await main();
