// `bersinar serve` in a real browser: what a save changes is seen at once, in place; faults come and go.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NARROW, launch, overflowOf, until } from './browser.mjs';
import { violationsOf } from './looks.mjs';
import { preview, watched } from './preview.mjs';

const LIMIT = { timeout: 120_000 };
/** A page with text enough to scroll. */
const FILE = 'content/ibm/_index.md';
const PATH = '/ibm/';
/** How soon a save must be seen on a machine that does much else: `tests/deep/save` measures it. */
const SOON_MS = 3000;

let browser;
let site;
let good;

before(async () => {
    [site, browser] = await Promise.all([preview(), launch()]);
    good = site.read(FILE);
});

after(async () => {
    await browser?.close();
    site?.close();
});

/** The page as it would come now, without what a save does to it. */
async function fresh(page) {
    const other = await page.context().newPage();
    await other.goto(page.url());
    const html = await shape(other);
    await other.close();
    return html;
}

/** What is in a page, but for the version that it has. */
function shape(page) {
    return page.evaluate(() => document.documentElement.outerHTML.replaceAll(/data-versi="[^"]*"/g, ''));
}

test('a save is seen at once, in place', LIMIT, async () => {
    const { page, timed, close } = await watched(browser, site.origin + PATH);
    await page.evaluate(() => {
        scrollTo(0, document.documentElement.scrollHeight / 2);
        window.stays = document.querySelector('main a');
        window.stays.focus({ preventScroll: true });
    });
    const place = await page.evaluate(() => scrollY);
    assert.ok(place > 200, `${place}`);
    const kept = () => page.evaluate(() => [scrollY, document.activeElement === window.stays]);
    const body = await timed((mark) => site.write(FILE, `${good}\n${mark} baris baru.\n`));
    assert.deepEqual(await kept(), [place, true]);
    const front = await timed((mark) => site.write(FILE, good.replace('urutan = 1\n', `urutan = 1\njudul_pendek = "${mark}"\n`)
        .replace('judul_pendek = "Tentang IBM"\n', '')));
    assert.deepEqual(await kept(), [place, true], 'other pages show it too, and this one stays');
    assert.ok(Math.max(body, front) < SOON_MS, `${body} ms and ${front} ms`);
    assert.equal(await shape(page), await fresh(page), 'the same as if it had come anew');
    site.write(FILE, good);
    await until(() => page.evaluate(() => !document.body.textContent.includes('TANDA')), 'the old text');
    assert.equal(await shape(page), await fresh(page));
    await close();
});

test('another style is taken over', LIMIT, async () => {
    const { page, close } = await watched(browser, `${site.origin}/ibm/sil/`);
    const style = site.read('templates/gaya/halaman.css');
    site.write('templates/gaya/halaman.css', `${style}\nh1 { letter-spacing: 7px }\n`);
    const spacing = () => page.evaluate(() => getComputedStyle(document.querySelector('h1')).letterSpacing)
        // The page comes anew in this moment.
        .catch(() => null);
    await until(async () => await spacing() === '7px', 'the new style');
    site.write('templates/gaya/halaman.css', style);
    await until(async () => ![null, '7px'].includes(await spacing()), 'the old style');
    await close();
});

test('faults come as an overlay with the words of the terminal, and go when they are mended', LIMIT, async () => {
    const { page, close } = await watched(browser, site.origin + PATH, { viewport: NARROW });
    const alert = page.getByRole('alert');
    const start = await page.locator('main').innerHTML();
    site.write(FILE, good.replace('\n## ', '\nTanyakan <b>ke</b> kantor.\n\n## '));
    await alert.waitFor();
    const told = await alert.innerText();
    for (const part of ['salah[B201]: ', `${FILE}:`, 'Tanyakan <b>ke</b> kantor.', '^^^', 'perbaiki: ']) {
        assert.ok(told.includes(part), `${part} in ${told}`);
    }
    assert.equal(await page.locator('main').innerHTML(), start, 'the last good page stays');
    assert.equal(await overflowOf(page), 0);
    assert.deepEqual(await violationsOf(page), []);
    await foldsByKeyboard(page, alert);
    await page.getByRole('link', { name: 'B201' }).first().click();
    await page.getByRole('heading', { level: 1, name: /^B201/ }).waitFor();
    await page.goBack();
    site.write(FILE, good);
    await until(async () => await page.locator('#bersinar section, #bersinar .buka').count() === 0, 'the end of the faults');
    await close();
});

/** Esc shows the page below; the button that is left brings the faults back, and other faults come by themselves. */
async function foldsByKeyboard(page, alert) {
    const opener = page.getByRole('button', { name: /hal perlu diperbaiki$/ });
    await page.keyboard.press('Escape');
    await alert.waitFor({ state: 'hidden' });
    await page.reload();
    assert.equal(await alert.isVisible(), false, 'they stay folded away');
    await opener.focus();
    await page.keyboard.press('Enter');
    assert.equal(await alert.evaluate((node) => node === document.activeElement), true);
    await page.keyboard.press('Escape');
    assert.equal(await opener.evaluate((node) => node === document.activeElement), true);
    site.write(FILE, good.replace('\n## ', '\nTanyakan <i>ke</i> kantor.\n\n## '));
    await alert.waitFor();
    assert.ok((await alert.innerText()).includes('<i>'));
}

test('warnings do not cover the page', LIMIT, async () => {
    const { page, close } = await watched(browser, site.origin + PATH, { viewport: NARROW });
    const badge = page.getByRole('link', { name: /^\d+ hal untuk diperiksa$/ });
    await badge.waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    const [own, exit] = await Promise.all([badge.boundingBox(), page.locator('#keluar').boundingBox()]);
    assert.ok(own.x + own.width <= exit.x || own.y + own.height <= exit.y || own.y >= exit.y + exit.height, 'the quick exit is free');
    assert.equal(await overflowOf(page), 0);
    await close();
});

test('the checks are readable in every look, at 320 px and by keyboard, and follow a save', LIMIT, async () => {
    const { page, close } = await watched(browser, `${site.origin}/_pemeriksaan`, { viewport: NARROW });
    assert.deepEqual(await violationsOf(page), []);
    assert.equal(await overflowOf(page), 0);
    await page.locator('#cakupan summary').first().press('Enter');
    assert.deepEqual(await violationsOf(page), [], 'with a province opened');
    site.write(FILE, good.replace('\n## ', '\nTanyakan <u>ke</u> kantor.\n\n## '));
    await page.locator('main article.error').first().waitFor();
    assert.equal(await page.locator('#cakupan details').first().getAttribute('open'), '', 'what was opened stays open');
    site.write(FILE, good);
    await until(async () => await page.locator('main article.error').count() === 0, 'the end of the faults');
    await close();
});

test('a draft is marked at its address and in lists, and its faults cover no other page', LIMIT, async () => {
    const { page, close } = await watched(browser, `${site.origin}/ibm/`, { viewport: NARROW });
    const draft = (text) => `+++\njudul = "Jadwal"\nringkasan = "Belum pasti."\nkonsep = true\n+++\n\n${text}\n`;
    site.write('content/ibm/jadwal.md', draft('Isi jadwal.'));
    const link = page.locator('main a[href="/ibm/jadwal/"]').first();
    await link.waitFor();
    assert.equal(await link.evaluate((node) => getComputedStyle(node, '::before').content), '"(konsep) "');
    await page.goto(`${site.origin}/ibm/jadwal/`);
    await page.getByRole('note').filter({ hasText: 'Konsep: belum terbit' }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    assert.equal(await overflowOf(page), 0);
    site.write('content/ibm/jadwal.md', draft('Tulis <b>ini</b>.'));
    await page.getByRole('alert').filter({ hasText: 'konsep yang masih salah' }).waitFor();
    await page.goto(`${site.origin}/ibm/`);
    assert.equal(await page.getByRole('alert').count(), 0);
    site.remove('content/ibm/jadwal.md');
    await close();
});
