// What a run of tests reports -> docs/nginx-evidence.md: a line for each file, and what failed.

import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

const versionOf = (command, ...options) => execFileSync(command, options, { stdio: ['ignore', 'pipe', 'pipe'] }).toString().trim();

function nginxVersion() {
    // nginx says its version where programs say what is wrong.
    return execFileSync('sh', ['-c', 'PATH="$PATH:/usr/sbin" nginx -v 2>&1']).toString().trim().replace(/.*: /, '');
}

export default async function* outcome(events) {
    const files = new Map();
    const failed = [];
    const started = Date.now();
    for await (const { type, data } of events) {
        if (!['test:pass', 'test:fail'].includes(type) || data.details?.type === 'suite' || !data.file) continue;
        const name = basename(data.file);
        // A file is told as a test of its own.
        if (data.name === data.file || data.name.endsWith('.test.mjs')) continue;
        const found = files.get(name) ?? { pass: 0, fail: 0, skip: 0 };
        const kind = data.skip !== undefined ? 'skip' : type.slice('test:'.length);
        found[kind] += 1;
        if (kind === 'fail') failed.push(`${name}: ${data.name}`);
        files.set(name, found);
    }
    const sum = (kind) => [...files.values()].reduce((all, found) => all + found[kind], 0);
    const chromium = versionOf(process.env.CHROMIUM ?? '/usr/bin/chromium', '--version', '--no-sandbox').replace(/ built on.*/, '');
    yield [
        '# The browser tests through nginx',
        '',
        'Written by `bash tests/deep/nginx`, never by hand: every test of [tests/browser](../tests/browser/README.md), with nginx and',
        '[deploy/nginx.conf](../deploy/nginx.conf) in place of the tests\' own server.',
        '',
        `${new Date().toISOString().slice(0, 10)}, ${nginxVersion()}, ${chromium}, ${Math.round((Date.now() - started) / 1000)} s:`,
        `${sum('pass')} passed, ${sum('fail')} failed, ${sum('skip')} passed over.`,
        '',
        '| file | passed | failed | passed over |',
        '|---|---|---|---|',
        ...[...files].sort().map(([name, { pass, fail, skip }]) => `| ${name} | ${pass} | ${fail} | ${skip} |`),
        '',
        ...failed.map((name) => `- failed: ${name}`),
        '',
    ].join('\n').replace(/\n+$/, '\n');
}
