// Should the widget break: its screen, answers and all, gives way to a fixed message.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, until, visit } from './browser.mjs';
import { PLACES, named } from './cases.mjs';
import { planOf } from './instrument.mjs';
import { serveElsewhere, serveSite } from './server.mjs';
import { DIST, SCREENING, nationalLines, settings, templateWord, word, words } from './site.mjs';
import { answer, arrive, breakIt, choosePlace, enter, mouse, ready, toResult } from './walk.mjs';

const LIMIT = { timeout: 120_000 };
let browser;
let site;
let elsewhere;

before(async () => {
    elsewhere = await serveElsewhere();
    const rewrite = (text) => text.replaceAll(settings.keluar, `${elsewhere.origin}/`);
    [site, browser] = await Promise.all([serveSite(DIST, { rewrite }), launch()]);
});

after(async () => {
    await browser?.close();
    await Promise.all([site?.close(), elsewhere?.close()]);
});

const plan = planOf(named('moderate').answers);

/** Where it breaks: how to come there, and the press that breaks it. */
const PLACES_TO_BREAK = {
    'a question': async (page, by) => {
        await enter(page, by);
        for (const step of plan.slice(0, 12)) await answer(page, by, step);
        await arrive(page, plan[12].legend);
        await by.choose(plan[12].choice);
        return word('tombol.lanjut');
    },
    'the result': async (page, by) => {
        await toResult(page, by, named('moderate').answers);
        await choosePlace(by, PLACES[0]);
        return word('rencana.buat');
    },
};

for (const [name, go] of Object.entries(PLACES_TO_BREAK)) {
    test(`at ${name}: a message with a number, nothing of the answers, and a way to start again`, LIMIT, async () => {
        const { page, by, visited } = await brokenAt(go);
        const message = page.getByRole('alert');
        const told = await message.locator('h1, p').allTextContents();
        const others = nationalLines.filter(({ peran }) => peran !== 'darurat');
        assert.deepEqual(told.slice(0, 3), [
            word('gagal.judul'), word('gagal.isi'), word('darurat.telepon', { nomor: '119' }),
        ]);
        for (const { nama, peran } of others) {
            const line = told.find((text) => text.startsWith(`${nama}, `));
            assert.ok(line?.endsWith(templateWord(`peran.${peran}`)), `${nama}, with what it is for`);
        }
        assert.equal(told.at(-1), word('tombol.ulang'));
        assert.equal(told.length, 4 + others.length);
        assert.equal(await message.locator('a').first().getAttribute('href'), 'tel:119');
        await assertNothingLeft(page);
        assert.deepEqual(visited.requests, [visited.url], 'nobody is told');
        for (const secret of [...Object.values(words('zat')), ...Object.values(words('pita'))]) {
            assert.ok(!visited.complaints.join(' ').includes(secret), 'not even the console');
        }
        await message.getByText(word('tombol.ulang')).click();
        await until(async () => (await page.getByRole('alert').count()) === 0, 'the page, loaded again');
        await ready(page);
        await enter(page, by);
        await arrive(page, plan[0].legend);
        await visited.close();
    });
}

test('the quick exit works on a broken page too', LIMIT, async () => {
    const { page, visited } = await brokenAt(PLACES_TO_BREAK['a question']);
    await page.locator('#keluar').click();
    await page.waitForURL(`${elsewhere.origin}/`);
    await visited.close();
});

async function brokenAt(go) {
    const visited = await visit(browser, site.origin + SCREENING);
    const { page } = visited;
    const by = mouse(page);
    const press = await go(page, by);
    await breakIt(page);
    await by.press(press);
    await page.getByRole('alert').waitFor();
    return { page, by, visited };
}

/** Besides the message, the line of a trial site, the paper form and the island, as they came, nothing is in the page. */
async function assertNothingLeft(page) {
    const left = await page.evaluate(() => ({
        widgets: document.querySelectorAll('#aplikasi, .layar:not([role=alert])').length,
        marked: document.querySelectorAll('input:checked').length,
        shown: [...document.querySelectorAll('main *')].filter((part) =>
            part.checkVisibility() && !part.closest('[role=alert], .percobaan') && part.children.length === 0).length,
    }));
    assert.deepEqual(left, { widgets: 0, marked: 0, shown: 0 });
}
