// The screening as one file: from file://, offline, it asks its questions and sends nothing.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { assertQuiet, launch, visit } from './browser.mjs';
import { planOf } from './instrument.mjs';
import { bersinar } from './program.mjs';
import { settings } from './site.mjs';
import { answer, arrive, enter, mouse } from './walk.mjs';

const LIMIT = { timeout: 120_000 };
const QUESTIONS = 4;

let browser;
let folder;

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bersinar-'));
    bersinar(['bundle', '--out', folder]);
    browser = await launch();
});

after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
});

const bundles = () => readdirSync(folder).filter((name) => name.endsWith('.html'));

test('each language has a file, and its checksum fits', LIMIT, () => {
    assert.deepEqual(bundles().sort(), settings.bahasa.map((lang) => `cek-${lang}-2026-11-21.html`).sort());
    for (const name of bundles()) {
        const sum = createHash('sha256').update(readFileSync(join(folder, name))).digest('hex');
        assert.equal(readFileSync(join(folder, `${name}.sha256`), 'utf8'), `${sum}  ${name}\n`);
    }
});

test('offline, from file://, the first questions can be answered', LIMIT, async () => {
    const url = pathToFileURL(join(folder, 'cek-id-2026-11-21.html')).href;
    const visited = await visit(browser, url, { offline: true });
    const { page, requests } = visited;
    const by = mouse(page);
    await enter(page, by);
    for (const step of planOf({}).slice(0, QUESTIONS)) await answer(page, by, step);
    await arrive(page, planOf({})[QUESTIONS].legend);
    assert.deepEqual(requests, [url], 'the file is all that is read');
    assert.equal(await page.locator('#keluar').getAttribute('href'), settings.keluar, 'straight on');
    assertQuiet(visited);
    await visited.close();
});

test('offline, from file://, every language comes up, and without a script the paper form', LIMIT, async () => {
    for (const name of bundles()) {
        for (const javaScriptEnabled of [true, false]) {
            const url = pathToFileURL(join(folder, name)).href;
            const visited = await visit(browser, url, { offline: true, javaScriptEnabled });
            const place = javaScriptEnabled ? '#aplikasi' : '#kertas';
            await visited.page.locator(`${place} h1`).waitFor();
            const links = await visited.page.locator('a[href]').evaluateAll((all) => all.map(({ href }) => href));
            const astray = links.filter((href) => href.startsWith('file:') && !href.startsWith(`${url}#`));
            assert.deepEqual(astray, [], `${name}: links lead to the published site`);
            assertQuiet(visited);
            await visited.close();
        }
    }
});

test('the quick exit of the file covers it and leaves', LIMIT, async () => {
    const url = pathToFileURL(join(folder, 'cek-id-2026-11-21.html')).href;
    const { page, close } = await visit(browser, url);
    await page.locator('#aplikasi h1').waitFor();
    const asked = page.waitForRequest(settings.keluar);
    await page.route(settings.keluar, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Cuaca</title>' }));
    await page.locator('#keluar').click();
    assert.equal((await asked).headers().referer, undefined);
    await page.waitForURL(settings.keluar);
    await close();
});
