// A copy of the real site under `bersinar serve`, and how long a save takes until it can be seen.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The program: the one that is named, or the one that was built last. */
const PROGRAM = process.env.BERSINAR_PROGRAM
    ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug', 'bersinar');

/** Starts a preview of a copy of the real site. Its files are `write`n and `read` by their paths in it. */
export async function preview(...options) {
    const folder = mkdtempSync(join(tmpdir(), 'pratinjau-'));
    for (const part of ['bersinar.toml', 'content', 'templates']) {
        cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    }
    const started = ['serve', '--root', folder, '--port', '0', '--today', '2026-11-21', ...options];
    const program = spawn(PROGRAM, started, { stdio: ['ignore', 'pipe', 'ignore'] });
    const origin = await new Promise((resolve, reject) => {
        program.once('error', reject);
        program.once('exit', (code) => reject(new Error(`bersinar serve ended with ${code}`)));
        createInterface({ input: program.stdout }).on('line', (line) => {
            const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
            if (address) resolve(address[0]);
        });
    });
    return {
        origin,
        folder,
        read: (path) => readFileSync(join(folder, path), 'utf8'),
        write: (path, text) => writeFileSync(join(folder, path), text),
        remove: (path) => rmSync(join(folder, path)),
        close: () => {
            program.kill();
            rmSync(folder, { recursive: true, force: true });
        },
    };
}

/** Runs in each document before its own scripts: tells when a mark such as `TANDA-7-` was first on the screen. */
function watchForMarks() {
    let last = '';
    const look = () => {
        const mark = /TANDA-\d+-/.exec(document.body?.textContent ?? '')?.[0] ?? '';
        if (mark && mark !== last) {
            last = mark;
            // The frame is painted after its callbacks and before anything else.
            setTimeout(() => window.seen(mark, performance.timeOrigin + performance.now()));
        }
        requestAnimationFrame(look);
    };
    look();
}

/**
 * Opens a page that counts the milliseconds from a save to the frame after it is on the screen. `timed`
 * does the save that it is given with a mark, and gives back the figure.
 */
export async function watched(browser, url, options = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const waiting = new Map();
    await page.exposeFunction('seen', (mark, at) => waiting.get(mark)?.(at));
    await page.addInitScript(watchForMarks);
    await page.goto(url);
    let count = 0;
    const timed = async (save) => {
        count += 1;
        const mark = `TANDA-${count}-`;
        const seen = new Promise((resolve) => waiting.set(mark, resolve));
        const start = performance.timeOrigin + performance.now();
        await save(mark);
        return await seen - start;
    };
    return { page, timed, close: () => context.close() };
}
