// The screening page without its widget: a form on paper terms, complete.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NARROW, assertQuiet, focusedNow, launch, overflowOf, visit } from './browser.mjs';
import { SUBSTANCES, planOf, questionsOf, scoreOf } from './instrument.mjs';
import { says } from './result.mjs';
import { serveSite } from './server.mjs';
import { BETWEEN, DIST, SCREENING, nationalLines, offices, settings, word, words } from './site.mjs';

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
                unnamed: document.querySelectorAll('#kertas input[type=radio]:not([name])').length,
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

/** Groups by their letter: `a` is tobacco, which has no question 5. */
const LETTERS = [...'abcdefghij'];
const FIRST = LETTERS.map((letter) => `${letter}1`);
const allOf = (letter) => [1, 2, 3, 4, 5, 6, 7].map((number) => `${letter}${number}`)
    .filter((question) => question !== 'a5');

describe('without scripts the style alone shows what is to be asked', () => {
    const NO_SCRIPT = { javaScriptEnabled: false };
    const open = (options = {}) => visit(browser, site.origin + SCREENING, { ...NO_SCRIPT, ...options });
    const tick = (page, id) => page.locator(`label[for="${id}"]`).click();

    /** The questions whose radios can be seen and reached. */
    const seen = (page) => page.locator('.formulir input[type=radio]').evaluateAll((radios) => [
        ...new Set(radios.filter((radio) => radio.checkVisibility()).map(({ name }) => name)),
    ]);

    /** The sum that stands in a group: generated by the style, told to a screen reader. */
    async function sumOf(visited, letter) {
        const session = await visited.context.newCDPSession(visited.page);
        const { result } = await session.send('Runtime.evaluate', {
            expression: `document.getElementById('${letter}12').closest('section').querySelector('.jumlah')`,
        });
        const { nodes } = await session.send('Accessibility.queryAXTree', { objectId: result.objectId });
        const texts = nodes.filter(({ role }) => role?.value === 'StaticText').map(({ name }) => name.value.trim());
        await session.detach();
        return texts[1];
    }

    test('by clicking', LIMIT, async () => {
        const visited = await open();
        const { page } = visited;
        assert.deepEqual(await seen(page), FIRST);
        await tick(page, 'c11');
        assert.deepEqual(await seen(page), FIRST, 'a no opens nothing');
        await tick(page, 'c12');
        const withC = FIRST.flatMap((name) => (name === 'c1' ? allOf('c') : [name]));
        assert.deepEqual(await seen(page), [...withC, 'q8']);
        await tick(page, 'c25');
        assert.deepEqual(await seen(page), [...withC, 'q8']);
        await tick(page, 'c21');
        const without = withC.filter((name) => !['c3', 'c4', 'c5'].includes(name));
        assert.deepEqual(await seen(page), [...without, 'q8']);
        await tick(page, 'q82');
        assert.deepEqual(await seen(page), [...without, 'q8', 'q8b']);
        await tick(page, 'q83');
        await tick(page, 'a12');
        const withBoth = without.flatMap((name) => (name === 'a1' ? allOf('a') : [name]));
        assert.deepEqual(await seen(page), [...withBoth, 'q8']);
        await page.locator('.formulir button[type=reset]').click();
        assert.deepEqual(await seen(page), FIRST, 'the form is as new');
        assert.equal(await page.locator('#kertas :checked').count(), 0);
        await tick(page, 'semua');
        assert.deepEqual(await seen(page), [...LETTERS.flatMap(allOf), 'q8', 'q8b']);
        assertQuiet(visited);
        await visited.close();
    });

    test('and adds up what is ticked and shown', LIMIT, async () => {
        const visited = await open();
        const people = { b: '4 4 5 6 6 3', c: '0 - - - 3 3', a: '6 6 7 6 6', j: '6 6 7 8 6 6', g: '2 0 0 0 0 0' };
        for (const [letter, answers] of Object.entries(people)) {
            const questions = questionsOf(SUBSTANCES[LETTERS.indexOf(letter)]);
            await tick(visited.page, `${letter}12`);
            const numbers = allOf(letter).slice(1);
            for (const [place, given] of answers.split(' ').entries()) {
                if (given === '-') continue;
                const option = questions[place].points.indexOf(Number(given)) + 1;
                await tick(visited.page, `${numbers[place]}${option}`);
            }
            assert.equal(await sumOf(visited, letter), String(scoreOf(answers)), `${letter}: ${answers}`);
        }
        await tick(visited.page, 'b21');
        assert.equal(await sumOf(visited, 'b'), '9', 'what is skipped is not counted');
        await tick(visited.page, 'semua');
        assert.equal(await sumOf(visited, 'b'), '9', 'nor when it is shown all the same');
        await visited.close();
    });

    test('by keyboard alone, and the quick exit covers nothing', LIMIT, async () => {
        const { page, close } = await open({ viewport: NARROW });
        await page.locator('#semua').focus();
        const press = async (key) => {
            await page.keyboard.press(key);
            const focused = await page.evaluate(focusedNow);
            assert.ok(focused, key);
            assert.deepEqual([focused.isCovered, focused.isOutside], [false, false], focused.name);
            return page.evaluate(() => document.activeElement.id);
        };
        assert.equal(await press('Tab'), 'a11');
        assert.equal(await press('ArrowDown'), 'a12');
        assert.equal(await press('Tab'), 'a21', 'the question that yes has opened');
        await press('Space');
        assert.equal(await press('Tab'), 'a61', 'never leads to question 6');
        await press('Space');
        assert.equal(await press('Tab'), 'a71');
        assert.equal(await press('Tab'), 'b11');
        assert.equal(await press('Shift+Tab'), 'a71');
        await close();
    });

    test('rows are 44 pixels high and nothing scrolls sideways at 320 pixels', LIMIT, async () => {
        const { page, close } = await open({ viewport: NARROW });
        for (const id of ['semua', 'a12', 'b12', 'q82']) await tick(page, id);
        assert.equal((await overflowOf(page)) <= 0, true);
        const low = await page.locator('.formulir label').evaluateAll((labels) => labels
            .map((label) => [label.htmlFor, label.getBoundingClientRect().height])
            .filter(([, height]) => height < 44));
        assert.deepEqual(low, []);
        const away = await page.locator('.formulir label').evaluateAll((labels) => labels.filter((label) => {
            const [row, radio] = [label, label.control].map((element) => element.getBoundingClientRect());
            return radio.top < row.top || radio.bottom > row.bottom || radio.left < row.left - 1;
        }).length);
        assert.equal(away, 0, 'every radio lies in its row');
        await close();
    });

    test('on paper everything stands there, and nothing of it in the header', LIMIT, async () => {
        const { page, close } = await open();
        await page.emulateMedia({ media: 'print' });
        const labels = page.locator('.formulir label:not([for=semua])');
        const total = await labels.count();
        const shown = await labels.evaluateAll((all) => all.filter((label) => label.checkVisibility()).length);
        assert.equal(shown, total);
        assert.equal(total, 10 * 2 + 9 * (4 * 5 + 2 * 3) + (3 * 5 + 2 * 3) + 3 + 2);
        for (const control of ['#semua', 'label[for=semua]', '.formulir button', '#keluar', '.bawah']) {
            assert.equal(await page.locator(control).isVisible(), false, control);
        }
        assert.equal(await page.locator('.sobek').isVisible(), true);
        assert.equal(await page.title(), `${word('kertas.judul').split(' di ')[0]} – ${settings.nama}`);
        const pdf = await page.pdf({ format: 'A4' });
        const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
        assert.ok(pages <= 9, `${pages} pages`);
        await close();
    });
});
