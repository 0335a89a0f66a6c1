// The staff guide, done as it says: from the zip to a corrected contact, with the real program in the real
// browser. What the guide says one sees must be seen, and its pictures must be what the browser shows.
// BERSINAR_OVERWRITE=1 takes the pictures anew.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { NARROW, launch, overflowOf, until } from './browser.mjs';
import { freePort } from './deployed.mjs';
import { PROGRAM, ROOT, stepsOf } from './guide.mjs';
import { violationsOf } from './looks.mjs';
import { preview } from './preview.mjs';
import { keep, squaresOff } from './shots.mjs';

const PICTURES = join(ROOT, 'docs', 'gambar', 'panduan');
const IS_ANEW = process.env.BERSINAR_OVERWRITE === '1';
/** The letters in the pictures: those of one package, which Chromium needs anyway. */
const FONTS = join(ROOT, 'tests', 'browser', 'fonts.conf');
/** The window of an office's laptop, but for what is no content. */
const WINDOW = { width: 900, height: 640 };
/** In how many squares of 16 pixels a picture may differ from what the browser shows. */
const SQUARES = 3;
/** The largest picture, in bytes, and how many there may be. */
const MOST = { bytes: 60 * 1024, pictures: 15 };
/** The address in the guide; the test takes a port that is free. */
const ADDRESS = 'http://127.0.0.1:8000/';
const DAY = ['--today', '2026-11-21'];
const START_MS = 60_000;

const escapedForPattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const plain = (text) => text.replace(/\s+/g, ' ').trim();

/** What somebody has who begins: an empty folder with the zip, and then what the steps make of it. */
class Walk {
    folder = mkdtempSync(join(tmpdir(), 'panduan-'));
    shown = new Set();

    constructor(browser) {
        this.browser = browser;
    }

    /** The folder that the zip held. */
    get unpacked() {
        return join(this.folder, readdirSync(this.folder).find((name) => statSync(join(this.folder, name)).isDirectory() && name.startsWith('bersinar')));
    }

    get site() {
        return join(this.unpacked, 'situs');
    }

    async unpack(name) {
        const made = this.command('bash', [join(ROOT, 'deploy', 'package'), this.folder], { BERSINAR_PROGRAM: PROGRAM });
        assert.equal(made.status, 0, made.stderr);
        assert.ok(existsSync(join(this.folder, name)), `the zip is called ${name}`);
        assert.equal(this.command('unzip', ['-q', name]).status, 0);
        rmSync(join(this.folder, name));
    }

    /** The file that a double click on this name runs. */
    clickable(name) {
        const files = readdirSync(this.unpacked).filter((file) => file.startsWith(`${name}.`));
        assert.equal(files.length, 1, `one ${name} to click`);
        return join(this.unpacked, files[0]);
    }

    /** Runs a script that comes to an end. */
    async finish(name) {
        const run = this.command(this.clickable(name), DAY);
        this.answer = run.stdout + run.stderr;
    }

    /** Runs the script that shows the site, with a browser that notes which address it is to open. */
    async start(name) {
        const file = this.clickable(name);
        const tools = join(this.folder, 'alat');
        const opened = join(this.folder, 'dibuka');
        mkdirSync(tools);
        writeFileSync(join(tools, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${opened}'\n`);
        chmodSync(join(tools, 'xdg-open'), 0o755);
        const port = await freePort();
        this.program = spawn(file, ['--port', String(port), ...DAY], {
            env: { ...process.env, PATH: `${tools}:${process.env.PATH}` }, stdio: ['ignore', 'pipe', 'pipe'], cwd: '/',
        });
        let said = '';
        for (const stream of [this.program.stdout, this.program.stderr]) stream.on('data', (more) => { said += more; });
        await until(() => {
            assert.equal(this.program.exitCode, null, said);
            return existsSync(opened) && readFileSync(opened, 'utf8');
        }, 'a browser that opens', START_MS);
        this.address = readFileSync(opened, 'utf8');
        const context = await this.browser.newContext({ viewport: WINDOW, locale: 'id-ID', reducedMotion: 'reduce' });
        context.setDefaultTimeout(10_000);
        this.page = await context.newPage();
        this.page.on('dialog', (dialog) => dialog.accept());
        await this.page.goto(this.address);
    }

    async stop() {
        this.program?.kill('SIGTERM');
        if (this.program && this.program.exitCode === null) await new Promise((resolve) => this.program.once('exit', resolve));
        this.program = null;
    }

    async end() {
        await this.stop();
        rmSync(this.folder, { recursive: true, force: true });
    }

    command(name, options, env = {}) {
        return spawnSync(name, options, { cwd: this.folder, encoding: 'utf8', env: { ...process.env, ...env } });
    }

    async open(address) {
        assert.ok(address.startsWith(ADDRESS), address);
        await this.page.goto(address.replace(ADDRESS, this.address));
    }

    /** The part of the page under a heading or a summary, or all of it. */
    async under(name) {
        if (!name) return this.page;
        const named = new RegExp(`^\\s*${escapedForPattern(name)}`);
        const part = this.page.locator('section, fieldset, details')
            .filter({ has: this.page.locator('> h2, > h3, > legend, > summary', { hasText: named }) });
        await part.last().waitFor({ state: 'attached' });
        return part.last();
    }

    /** What somebody can click or type in by this name: the first that can be seen. */
    async seen(locators, name) {
        return until(async () => {
            for (const locator of locators) {
                for (const one of await locator.all()) if (await one.isVisible()) return one;
            }
            return null;
        }, `${name} on ${this.page.url()}: ${plain(await this.page.locator('body').innerText()).slice(0, 600)}`, 10_000);
    }

    async click(name, under) {
        const part = await this.under(under);
        const exact = new RegExp(`^\\s*${escapedForPattern(name)}\\s*$`);
        const one = await this.seen([
            part.getByRole('button', { name, exact: true }), part.getByRole('link', { name, exact: true }),
            part.locator('summary', { hasText: exact }), part.getByLabel(name, { exact: true }),
        ], name);
        await one.click();
        await this.page.waitForLoadState();
    }

    /** The field with this label, whatever is said behind it. */
    async field(label, under) {
        const part = await this.under(under);
        const named = new RegExp(`^\\s*${escapedForPattern(label)}(\\s*\\([^)]*\\))?\\s*$`);
        return this.seen([part.getByLabel(named), part.getByRole('group', { name: named }).locator('input, select, textarea')], label);
    }

    async fill(label, value, under) {
        await (await this.field(label, under)).fill(value);
    }

    async clear(label, under) {
        await (await this.field(label, under)).fill('');
    }

    /** Chooses from a list; `…` stands for the rest of a long line. */
    async choose(option, label, under) {
        const field = await this.field(label, under);
        const begins = option.endsWith('…');
        const options = (await field.locator('option').allInnerTexts()).map(plain);
        const found = options.filter((text) => (begins ? text.startsWith(option.slice(0, -1)) : text === option));
        assert.equal(found.length, 1, `${option} in ${options}`);
        await field.selectOption({ index: options.indexOf(found[0]) });
    }

    async tick(label) {
        await (await this.field(label)).check();
    }

    /** A picture as an office has it: drawn, without a person. */
    async upload(name, label) {
        const file = join(this.folder, name);
        const drawing = await this.browser.newPage({ viewport: { width: 480, height: 240 } });
        await drawing.setContent('<body style="margin:0;background:#e5efea"><div style="margin:70px 40px;height:100px;background:#0a574f">');
        writeFileSync(file, await drawing.screenshot());
        await drawing.close();
        await (await this.field(label)).setInputFiles(file);
    }

    async see(text) {
        const wanted = plain(text);
        let all = '';
        await until(async () => {
            const texts = await Promise.all(this.page.frames().map((frame) => frame.locator('body').innerText().catch(() => '')));
            all = plain(texts.join(' '));
            return all.includes(wanted);
        }, `“${wanted}”`, 10_000).catch((error) => {
            throw new Error(`${error.message} on ${this.page.url()}, where one sees: …${all.slice(Math.max(0, all.indexOf(wanted.slice(0, 12)) - 100)).slice(0, 600)}…`);
        });
        // Where it is found whole, it is brought into sight, as by a person who looks for it.
        const [one] = await this.page.getByText(text).filter({ visible: true }).all();
        await one?.scrollIntoViewIfNeeded();
    }

    async alter(from, to, name) {
        const file = join(this.site, name);
        const before = readFileSync(file, 'utf8');
        assert.ok(before.includes(from), `${name} has ${from}`);
        writeFileSync(file, before.replace(from, to));
    }

    async run(line) {
        const [name, ...options] = line.split(' ');
        assert.equal(name, 'bersinar');
        const run = this.command(join(this.unpacked, 'bersinar'), [...options, '--root', this.site, ...DAY]);
        this.answer = run.stdout + run.stderr;
    }

    async answered(text) {
        const pattern = escapedForPattern(text).replaceAll('…', '.*').replace(/\d+/g, '\\d+');
        assert.match(this.answer, new RegExp(pattern));
    }

    async picture(name) {
        const file = join(PICTURES, name);
        this.shown.add(name);
        await this.page.evaluate(() => document.activeElement?.blur());
        // What still comes after the page: fonts, and the answer of the preview.
        await this.page.waitForTimeout(300);
        const seen = await this.page.screenshot({ animations: 'disabled', caret: 'hide' });
        const blank = await this.browser.newPage();
        try {
            // A picture that shows the same stays as it is, to the byte.
            if (IS_ANEW && (!existsSync(file) || await squaresOff(blank, seen, file) > 0)) await keep(blank, seen, file);
            const off = await squaresOff(blank, seen, file);
            if (off > SQUARES) writeFileSync(join(tmpdir(), `panduan-${name}`), seen);
            assert.ok(off <= SQUARES, `${name} differs in ${off} squares from what the browser shows (${tmpdir()}/panduan-${name}); BERSINAR_OVERWRITE=1 takes it anew`);
        } finally {
            await blank.close();
        }
        assert.ok(statSync(file).size <= MOST.bytes, `${name} has ${statSync(file).size} bytes`);
    }
}

describe('the staff guide, done as it says', () => {
    const steps = stepsOf();
    let browser;
    let walk;
    before(async () => {
        browser = await launch({ env: { ...process.env, FONTCONFIG_FILE: FONTS } });
        walk = new Walk(browser);
    });
    after(async () => {
        await walk?.end();
        await browser?.close();
    });

    test('has steps', () => {
        assert.ok(steps.length >= 20, `${steps.length} steps`);
        for (const { line, acts } of steps) assert.ok(acts.length > 0, `line ${line} says nothing to do or to see`);
    });

    // One step stands on the one before: after the first that cannot be done, none is tried.
    let failed = '';
    for (const { section, line, text, acts } of steps) {
        test(`${section}, line ${line}: ${text.slice(0, 70)}`, { timeout: 120_000 }, async (t) => {
            if (failed) return t.skip(`after ${failed}`);
            failed = `line ${line}`;
            for (const { name, what } of acts) await walk[name](...what);
            failed = '';
        });
    }

    test('shows each picture there is, and not too many', (t) => {
        if (failed) return t.skip(`after ${failed}`);
        assert.deepEqual([...walk.shown].sort(), readdirSync(PICTURES).sort());
        assert.ok(walk.shown.size <= MOST.pictures, `${walk.shown.size} pictures`);
    });
});

describe('the guide in the preview', () => {
    let browser;
    let site;
    before(async () => {
        [site, browser] = await Promise.all([preview(), launch()]);
    });
    after(async () => {
        await browser?.close();
        site?.close();
    });

    for (const path of ['/_panduan/', '/_panduan/terbit.md', '/_panduan/faults/README.md', '/_panduan/faults/B406.md']) {
        test(`${path} is readable in every look and at 320 px`, { timeout: 120_000 }, async () => {
            const page = await browser.newPage({ viewport: NARROW });
            await page.goto(site.origin + path);
            assert.equal(await overflowOf(page), 0);
            assert.deepEqual(await violationsOf(page), []);
            await page.close();
        });
    }
});
