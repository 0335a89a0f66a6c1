// The screening page without its widget: a form on paper terms, complete.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NARROW, assertQuiet, launch, overflowOf, visit } from './browser.mjs';
import { SUBSTANCES, planOf, questionsOf } from './instrument.mjs';
import { says } from './result.mjs';
import { serveSite } from './server.mjs';
import { BETWEEN, DIST, SCREENING, nationalLines, offices, word, words } from './site.mjs';

const LIMIT = { timeout: 60_000 };
let browser;
let site;

before(async () => {
    [site, browser] = await Promise.all([serveSite(DIST), launch()]);
});

after(async () => {
    await browser?.close();
    await site?.close();
});

describe('without the widget the paper form stands there, complete', () => {
    const WITHOUT = [
        ['no JavaScript', { javaScriptEnabled: false }],
        ['no WebAssembly', { before: () => delete window.WebAssembly }],
        ['WebAssembly refused', { before: () => {
            WebAssembly.Module = function refused() { throw new WebAssembly.CompileError('refused'); };
            WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('refused'));
        } }],
        ['no DecompressionStream', { before: () => delete window.DecompressionStream }],
    ];
    for (const [name, options] of WITHOUT) {
        test(name, LIMIT, async () => {
            const visited = await visit(browser, site.origin + SCREENING, { ...options, viewport: NARROW });
            await assertPaper(visited.page);
            assertQuiet(visited);
            await visited.close();
        });
    }

    test('an island that cannot be read', LIMIT, async (t) => {
        const rewrite = (text) => text.replace(/(id="pulau">)[^<]*/, '$1x');
        const broken = await serveSite(DIST, { rewrite });
        t.after(broken.close);
        const visited = await visit(browser, broken.origin + SCREENING);
        await visited.page.waitForTimeout(1_000);
        await assertPaper(visited.page);
        assertQuiet(visited);
        await visited.close();
    });

    test('the paper form can be filled in by hand and by keyboard', LIMIT, async () => {
        const { page, close } = await visit(browser, site.origin + SCREENING, { javaScriptEnabled: false });
        const radios = page.locator('#kertas input[type=radio]');
        const count = await radios.count();
        const names = new Set(await radios.evaluateAll((all) => all.map(({ name }) => name)));
        assert.equal(count > names.size, true);
        await page.locator('#kertas fieldset').first().locator('label').nth(1).click();
        await page.keyboard.press('Tab');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        assert.equal(await page.locator('#kertas input:checked').count(), 2, 'two questions answered');
        await close();
    });

    for (const keepsPages of [true, false]) {
        const cache = keepsPages ? 'with the back-forward cache' : 'without the back-forward cache';
        test(`what was ticked does not come back without WebAssembly, ${cache}`, LIMIT, async () => {
            const other = await launch({ keepsPages });
            try {
                const before = () => delete window.WebAssembly;
                const { page } = await visit(other, site.origin + SCREENING, { before });
                await page.locator('#kertas fieldset').first().locator('label').nth(1).click();
                assert.equal(await page.locator('#kertas input:checked').count(), 1);
                await page.goto(`${site.origin}/darurat/`);
                await page.goBack({ waitUntil: 'commit' });
                await page.waitForTimeout(500);
                assert.equal(new URL(page.url()).pathname, SCREENING);
                assert.equal(await page.locator('#kertas input:checked').count(), 0);
            } finally {
                await other.close();
            }
        });
    }

    async function assertPaper(page) {
        const paper = page.locator('#kertas');
        await paper.getByRole('heading', { level: 1, name: word('kertas.judul') }).waitFor();
        assert.equal((await page.locator('#aplikasi').innerText()).trim(), '');
        assert.equal((await overflowOf(page)) <= 0, true, 'no sideways scroll');
        const shown = await page.evaluate(() => {
            const text = (element) => element.innerText.replace(/\s+/g, ' ').trim();
            return {
                all: text(document.getElementById('kertas')),
                legends: [...document.querySelectorAll('#kertas legend')].map(text),
                options: [...document.querySelectorAll('#kertas label')].map(text),
                dialled: [...document.querySelectorAll('#kertas a[href^="tel:"]')].map((a) => a.getAttribute('href')),
                checked: document.querySelectorAll('#kertas :checked').length,
                unnamed: document.querySelectorAll('#kertas input:not([name])').length,
            };
        });
        assert.equal(shown.checked, 0, 'nothing is preselected');
        assert.equal(shown.unnamed, 0);
        const everything = planOf({
            used: Object.fromEntries(SUBSTANCES.map((name) => [name, questionsOf(name).map(() => '0').join(' ')])),
            injecting: 'few',
        });
        assert.equal(shown.legends.length, everything.length, 'every question of the instrument');
        for (const { legend } of everything) {
            assert.equal(shown.legends.filter((shownLegend) => shownLegend.includes(legend)).length, 1, legend);
        }
        for (const points of [2, 3, 4, 5, 6, 7, 8]) {
            assert.ok(shown.options.some((option) => option.includes(word('kertas.poin', { poin: String(points) }))));
        }
        for (const name of Object.values(words('zat'))) says(shown, name);
        for (const band of ['rendah', 'menengah', 'tinggi']) says(shown, word(`pita.${band}_arti`));
        for (const range of ['0–10', '11–26', '0–3', '4–26', '27–39']) says(shown, range);
        for (const followUp of ['informasi', 'bicara', 'asesmen', 'puskesmas']) {
            says(shown, word(`langkah_berikut.${followUp}`));
        }
        for (const key of ['darurat.opioid', 'henti.isi', 'suntik.alat', 'pikiran.isi']) says(shown, word(key));
        for (const key of ['kertas.aturan_suntik', 'kertas.usia']) says(shown, word(key));
        for (const { nomor, nama } of nationalLines) {
            says(shown, nama);
            assert.ok(shown.dialled.includes(`tel:${nomor}`));
        }
        for (const { judul, judul_pendek } of offices) {
            assert.ok(shown.all.includes(judul) || shown.all.includes(judul_pendek), judul);
        }
        assert.equal(await page.locator('#keluar').getAttribute('href'), BETWEEN);
    }
});
