// The editor in the browser, as the staff of an office use it: `bersinar serve --edit` on copies of real sites.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { NARROW, assertQuiet, launch, overflowOf, until, visit } from './browser.mjs';
import { violationsOf } from './looks.mjs';
import { ROOT } from './site.mjs';

const LIMIT = { timeout: 300_000 };
const PROGRAM = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug', 'bersinar');
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const OFFICE = 'content/kantor/bnnk-utara.md';
const CONFIRMATIONS = 'content/data/konfirmasi.toml';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A copy of a site with the editor on it. */
async function startDesk(lay) {
    const folder = mkdtempSync(join(tmpdir(), 'ubah-'));
    const site = join(folder, 'situs');
    lay(site);
    const program = spawn(PROGRAM, ['serve', '--edit', '--port', '0', '--today', '2026-11-21', '--root', site]);
    program.stderr.resume();
    const lines = createInterface({ input: program.stdout });
    const origin = await new Promise((resolve, reject) => {
        lines.on('line', (line) => {
            const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
            if (address) resolve(address[0]);
        });
        program.once('error', reject);
        program.once('close', (code) => reject(new Error(`the program ended with ${code}`)));
    });
    return {
        origin,
        site,
        text: (path) => readFileSync(join(site, path), 'utf8'),
        write: (path, text) => writeFileSync(join(site, path), text),
        has: (path) => existsSync(join(site, path)),
        close: () => {
            program.kill();
            rmSync(folder, { recursive: true, force: true });
        },
    };
}

/** The real site. */
function layReal(site) {
    cpSync(join(ROOT, 'content'), join(site, 'content'), { recursive: true });
    cpSync(join(ROOT, 'bersinar.toml'), join(site, 'bersinar.toml'));
}

/** A small invented site whose contacts are all confirmed, with the real words and templates. */
function laySmall(site) {
    cpSync(join(ROOT, 'tests', 'sites', 'kecil'), site, { recursive: true });
    for (const name of ['templates', 'expected']) rmSync(join(site, name), { recursive: true, force: true });
    for (const name of ['kata.id.toml', 'skrining.id.toml']) {
        cpSync(join(ROOT, 'content', 'data', name), join(site, 'content', 'data', name));
    }
}

/** The lines that only one of two texts has. */
function changedLines(before, after) {
    const [old, now] = [before.split('\n'), after.split('\n')];
    const without = (lines, others) => {
        const rest = [...others];
        return lines.filter((line) => {
            const at = rest.indexOf(line);
            if (at >= 0) rest.splice(at, 1);
            return at < 0;
        });
    };
    return { gone: without(old, now), fresh: without(now, old) };
}

const open = (desk, path, options = DESKTOP) => visit(browser, `${desk.origin}/_ubah/${path}`, options);
const save = (page) => page.locator('#simpan').getByRole('button', { name: 'Simpan', exact: true }).click();
const told = (page, text) => page.getByRole('status').filter({ hasText: text }).first().waitFor();
const refused = (page, text) => page.getByRole('alert').filter({ hasText: text }).first().waitFor();

/** What a browser says of a request that was refused, which is meant here. */
const forget = (visited, pattern) => {
    visited.complaints.splice(0, Infinity, ...visited.complaints.filter((complaint) => !pattern.test(complaint)));
};
const STATUS = /Failed to load resource: the server responded with a status of (403|409|422|500)/;

describe('the real site', () => {
    let desk;
    before(async () => { desk = await startDesk(layReal); }, LIMIT);
    after(() => desk?.close());

    const pages = () => readdirSync(join(desk.site, 'content'), { recursive: true }).filter((path) => path.endsWith('.md')).sort();

    test('every page that is opened and saved stays byte for byte', LIMIT, async () => {
        const visited = await open(desk, '');
        const { page } = visited;
        assert.ok(pages().length > 50);
        const some = process.env.BERSINAR_EVERY_PAGE ? pages() : pages().filter((_, place) => place % 8 === 3);
        for (const path of some) {
            const bytes = readFileSync(join(desk.site, 'content', path));
            await page.goto(`${desk.origin}/_ubah/${path}`);
            await save(page);
            await told(page, 'Tidak ada yang berubah');
            assert.ok(bytes.equals(readFileSync(join(desk.site, 'content', path))), path);
        }
        assertQuiet(visited);
        await visited.close();
    });

    test('a changed field is a changed line, and the site shows it', LIMIT, async () => {
        const visited = await open(desk, 'unit/ancol.md');
        const { page } = visited;
        const before = desk.text('content/unit/ancol.md');
        await page.locator('#f-judul_pendek').fill('IBM Ancol "baru"');
        await save(page);
        await told(page, 'Tersimpan.');
        const { gone, fresh } = changedLines(before, desk.text('content/unit/ancol.md'));
        assert.deepEqual(gone, ['judul_pendek = "IBM Ancol"']);
        assert.deepEqual(fresh, ['judul_pendek = "IBM Ancol \\"baru\\""']);
        await until(async () => (await (await fetch(`${desk.origin}/unit/`)).text()).includes('IBM Ancol &quot;baru&quot;'), 'the site');
        assertQuiet(visited);
        await visited.close();
    });

    test('a unit is added', LIMIT, async () => {
        const visited = await visit(browser, `${desk.origin}/_ubah/`, DESKTOP);
        const { page } = visited;
        await page.locator('main').getByRole('link', { name: 'Halaman baru' }).click();
        await page.getByLabel('Halaman apa?').selectOption('unit');
        await page.getByLabel('Nama halaman').fill('IBM Uji Coba');
        await page.getByLabel('Wilayah').fill('Pejagalan');
        await page.getByRole('button', { name: 'Lanjut' }).click();
        await told(page, 'belum ditulis');
        await page.getByRole('alert').filter({ hasText: 'belum bisa terbit' }).waitFor();
        assert.ok(!desk.has('content/unit/pejagalan.md'), 'nothing is written yet');
        await page.locator('#f-ringkasan').fill('Kelurahan Pejagalan. Halaman ini hanya untuk uji coba.');
        await page.locator('input[name=program][value=ibm]').check();
        await page.locator('#f-per').fill('2026-11');
        await page.locator('#f-status').selectOption('dilaporkan');
        await page.locator('#f-sumber').selectOption('antara-2021');
        await page.getByLabel('Isi halaman').fill('Belum ada keterangan lain.\n');
        await save(page);
        forget(visited, STATUS);
        await told(page, 'Tersimpan.');
        const text = desk.text('content/unit/pejagalan.md');
        assert.match(text, /^judul = "IBM Uji Coba"$/m);
        assert.match(text, /^wilayah = "31\.72\.01\.1004"/m);
        assert.match(text, /^# /m, 'the explanations of the keys stay');
        await until(async () => (await fetch(`${desk.origin}/unit/pejagalan/`)).ok, 'the page of the new unit');
        assertQuiet(visited);
        await visited.close();
    });

    test('a source is recorded with the keyboard alone, and a page names it', LIMIT, async () => {
        const visited = await open(desk, 'sumber/baru');
        const { page } = visited;
        const before = desk.text('content/data/sumber.toml');
        await page.getByLabel('Judul sumber', { exact: true }).focus();
        for (const [typed, key] of [['Surat balasan', 'Tab'], ['BNNK Uji', 'Tab'], ['20 November', 'Enter']]) {
            await page.keyboard.type(typed);
            await page.keyboard.press(key);
        }
        await refused(page, 'Tanggal terbit');
        assert.deepEqual(await violationsOf(page), []);
        assert.equal(desk.text('content/data/sumber.toml'), before, 'nothing is written');
        await page.getByRole('alert').getByRole('link', { name: 'Tanggal terbit' }).press('Enter');
        await page.keyboard.press('Control+A');
        await page.keyboard.type('2026-11-20');
        await page.keyboard.press('Enter');
        await told(page, 'Sumber tercatat');
        const added = ['', '[sumber.bnnk-uji-2026]', 'judul = "Surat balasan"', 'penerbit = "BNNK Uji"', 'tanggal = "2026-11-20"', ''];
        assert.equal(desk.text('content/data/sumber.toml'), before + added.join('\n'));
        await page.goto(`${desk.origin}/_ubah/unit/lubang-buaya.md`);
        await page.locator('#f-sumber-1').selectOption({ label: 'Surat balasan (bnnk-uji-2026)' });
        await save(page);
        await told(page, 'Tersimpan.');
        await until(async () => (await (await fetch(`${desk.origin}/unit/lubang-buaya/`)).text()).includes('Surat balasan'), 'the source on the page');
        forget(visited, STATUS);
        assertQuiet(visited);
        await visited.close();
    });

    test('a name that means several places is asked back', LIMIT, async () => {
        const visited = await open(desk, 'baru');
        const { page } = visited;
        await page.getByLabel('Halaman apa?').selectOption('unit');
        await page.getByLabel('Nama halaman').fill('IBM Menteng');
        await page.getByLabel('Wilayah').fill('Menteng');
        await page.getByRole('button', { name: 'Lanjut' }).click();
        await refused(page, 'bisa berarti beberapa tempat');
        const offered = await page.getByLabel('Wilayah').locator('option').allTextContents();
        assert.ok(offered.filter((text) => /Menteng/.test(text)).length > 1, offered.join());
        await visited.close();
    });

    test('a fault is caused, told at its field, and mended', LIMIT, async () => {
        const visited = await open(desk, 'unit/manggarai.md');
        const { page } = visited;
        const before = desk.text('content/unit/manggarai.md');
        await page.locator('#f-per').fill('kemarin');
        await page.locator('#f-judul_pendek').fill('Manggarai saja');
        await save(page);
        const summary = page.locator('#ringkasan');
        await summary.waitFor();
        assert.ok(await summary.evaluate((box) => box === document.activeElement), 'what is wrong has the focus');
        assert.equal(desk.text('content/unit/manggarai.md'), before, 'nothing is written');
        assert.equal(await page.locator('#f-judul_pendek').inputValue(), 'Manggarai saja', 'what was typed is kept');
        await summary.getByRole('link').first().press('Enter');
        const field = page.locator('#f-per');
        await until(() => field.evaluate((input) => input === document.activeElement), 'the field');
        assert.equal(await field.getAttribute('aria-invalid'), 'true');
        const described = await field.evaluate((input) => input.getAttribute('aria-describedby').split(' ')
            .map((id) => document.getElementById(id).textContent).join(' '));
        assert.match(described, /kemarin/);
        await page.locator('#simpan').getByRole('button', { name: 'Simpan dulu' }).click();
        await told(page, 'Tersimpan.');
        assert.match(desk.text('content/unit/manggarai.md'), /per = "kemarin"/);
        await page.locator('#f-per').fill('2021');
        await page.locator('#f-judul_pendek').fill('');
        await save(page);
        await told(page, 'Tersimpan.');
        assert.equal(await summary.count(), 0, 'nothing is wrong any more');
        forget(visited, STATUS);
        assertQuiet(visited);
        await visited.close();
    });

    test('a page that cannot be read is mended as a whole', LIMIT, async () => {
        const path = 'content/unit/ulujami.md';
        const before = desk.text(path);
        desk.write(path, before.replace('status = "dilaporkan"', 'status = dilaporkan'));
        const visited = await open(desk, 'unit/ulujami.md');
        const { page } = visited;
        const whole = page.getByLabel('Isi berkas');
        await whole.fill((await whole.inputValue()).replace('status = dilaporkan', 'status = "dilaporkan"'));
        await save(page);
        await told(page, 'Tersimpan.');
        assert.equal(desk.text(path), before);
        await page.locator('#f-judul_pendek').waitFor();
        await visited.close();
    });

    test('what somebody saves meanwhile is not lost, and both are shown', LIMIT, async () => {
        const path = 'content/unit/warakas.md';
        const visited = await open(desk, 'unit/warakas.md');
        const { page } = visited;
        await page.locator('#f-judul_pendek').fill('Punya saya');
        const theirs = desk.text(path).replace(/judul_pendek = ".*"/, 'judul_pendek = "Punya orang lain"');
        desk.write(path, theirs);
        await save(page);
        await refused(page, 'Tidak ada yang ditimpa');
        assert.equal(desk.text(path), theirs);
        assert.equal(await page.locator('#f-judul_pendek').inputValue(), 'Punya saya');
        assert.match(await page.locator('#f-judul_pendek-t').textContent(), /Punya orang lain/);
        assert.equal(await page.locator('.kini').count(), 1, 'only what differs');
        await save(page);
        await told(page, 'Tersimpan.');
        assert.equal(desk.text(path), theirs.replace('Punya orang lain', 'Punya saya'));
        forget(visited, STATUS);
        assertQuiet(visited);
        await visited.close();
    });

    test('a protected file is told, and what was typed is kept', LIMIT, async () => {
        const path = 'content/unit/sukarami.md';
        const before = desk.text(path);
        chmodSync(join(desk.site, path), 0o444);
        const visited = await open(desk, 'unit/sukarami.md');
        const { page } = visited;
        await page.locator('#f-judul_pendek').fill('Diketik');
        await save(page);
        await refused(page, 'dilindungi');
        assert.equal(await page.locator('#f-judul_pendek').inputValue(), 'Diketik');
        assert.equal(desk.text(path), before);
        chmodSync(join(desk.site, path), 0o644);
        await save(page);
        await told(page, 'Tersimpan.');
        forget(visited, STATUS);
        assertQuiet(visited);
        await visited.close();
    });

    test('a picture is taken in with what it shows', LIMIT, async () => {
        const visited = await open(desk, 'unit/lubang-buaya.md');
        const { page } = visited;
        const square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>';
        const picture = (buffer, name = 'Denah Kantor.svg') => ({ name, mimeType: 'image/svg+xml', buffer: Buffer.from(buffer) });
        const put = page.getByRole('button', { name: 'Taruh gambar' });
        const news = page.locator('#gambar-kabar');
        await page.getByLabel('Berkas gambar').setInputFiles(picture(square));
        await put.click();
        assert.match(await news.textContent(), /apa yang terlihat/, 'words are asked for');
        assert.ok(!desk.has('content/unit/denah-kantor.svg'));
        await page.getByLabel('Apa yang terlihat').fill('Kotak [hitam]');
        await page.getByLabel('Berkas gambar').setInputFiles(picture(square.replace('<path', '<script/><path')));
        await put.click();
        await until(async () => /script/.test(await news.textContent()), 'the refusal of a script');
        assert.ok(!desk.has('content/unit/denah-kantor.svg'));
        await page.getByLabel('Berkas gambar').setInputFiles(picture(square));
        await page.getByLabel('Isi halaman').evaluate((text) => text.setSelectionRange(0, 0));
        await put.click();
        await until(async () => /tersimpan/.test(await news.textContent()), 'the picture');
        assert.equal(desk.text('content/unit/denah-kantor.svg'), square);
        assert.match(await page.getByLabel('Isi halaman').inputValue(), /^!\[Kotak \\\[hitam\\\]\]\(@\/unit\/denah-kantor\.svg\)\n/);
        await save(page);
        await told(page, 'Tersimpan.');
        await until(async () => /<img[^>]+alt="Kotak \[hitam\]"/.test(await (await fetch(`${desk.origin}/unit/lubang-buaya/`)).text()), 'the picture on the site');
        // A second one of the same name lies beside the first.
        await page.getByLabel('Berkas gambar').setInputFiles(picture(`${square}\n`));
        await page.getByLabel('Apa yang terlihat').fill('Kotak lain');
        await put.click();
        await until(() => desk.has('content/unit/denah-kantor-2.svg'), 'the second picture');
        assert.equal(desk.text('content/unit/denah-kantor.svg'), square);
        forget(visited, STATUS);
        assertQuiet(visited);
        await visited.close();
    });

    test('the preview shows what is typed, before it is saved', LIMIT, async () => {
        const visited = await open(desk, 'ibm/sil.md');
        const { page } = visited;
        const before = desk.text('content/ibm/sil.md');
        await page.getByLabel('Isi halaman').fill('## Judul yang dicoba\n\nSatu kalimat.\n');
        await page.getByRole('button', { name: 'Lihat hasilnya' }).click();
        const frame = page.frameLocator('iframe[name=hasil]');
        await frame.getByRole('heading', { name: 'Judul yang dicoba' }).waitFor();
        await page.getByLabel('Isi halaman').fill('## Judul lain lagi\n');
        await frame.getByRole('heading', { name: 'Judul lain lagi' }).waitFor();
        const colour = await frame.locator('.kepala').evaluate((head) => getComputedStyle(head).backgroundColor);
        assert.notEqual(colour, 'rgba(0, 0, 0, 0)', 'with the style of the site');
        assert.equal(desk.text('content/ibm/sil.md'), before);
        await visited.close();
    });

    test('a page is renamed after it was shown what changes, and its old address leads to it', LIMIT, async () => {
        const visited = await open(desk, 'unit/ulujami.md');
        const { page } = visited;
        const office = 'content/kantor/bnnk-jakarta-selatan.md';
        const before = [desk.text(office), desk.text('content/unit/ulujami.md')];
        assert.match(before[0], /@\/unit\/ulujami\.md/);
        await page.getByRole('link', { name: 'Ganti nama halaman' }).click();
        await page.getByLabel('Nama baru').fill('unit/cek-mandiri/');
        await page.getByRole('button', { name: 'Lihat apa' }).click();
        await page.getByRole('alert').waitFor();
        assert.deepEqual(await violationsOf(page), []);
        await page.getByLabel('Nama baru').fill('unit/ulujami-pesanggrahan');
        await page.getByRole('button', { name: 'Lihat apa' }).click();
        await page.locator('.beda').filter({ hasText: '+' }).waitFor();
        assert.match(await page.locator('.beda').textContent(), /kantor\/bnnk-jakarta-selatan\.md/);
        assert.deepEqual([desk.text(office), desk.text('content/unit/ulujami.md')], before, 'nothing is changed yet');
        assert.deepEqual(await violationsOf(page), []);
        await page.getByRole('button', { name: 'Ya, ganti nama' }).click();
        await told(page, 'sudah diganti');
        assert.ok(page.url().includes('/unit/ulujami-pesanggrahan.md'), page.url());
        assert.ok(!desk.has('content/unit/ulujami.md'));
        assert.match(desk.text(office), /@\/unit\/ulujami-pesanggrahan\.md/);
        await until(async () => (await fetch(`${desk.origin}/unit/ulujami-pesanggrahan/`)).ok, 'the new address');
        await page.goto(`${desk.origin}/unit/ulujami/`);
        await page.waitForURL(/\/unit\/ulujami-pesanggrahan\/$/);
        forget(visited, STATUS);
        assertQuiet(visited);
        await visited.close();
    });

    test('from a page of the site to its form', LIMIT, async () => {
        const visited = await visit(browser, `${desk.origin}/takut/`, DESKTOP);
        await visited.page.getByRole('link', { name: 'Ubah halaman ini' }).click();
        await visited.page.waitForURL(/\/_ubah\/takut\.md$/);
        await visited.close();
    });

    test('everything but pictures works without a script', LIMIT, async () => {
        const visited = await open(desk, 'unit/tanjung-priok.md', { ...DESKTOP, javaScriptEnabled: false });
        const { page } = visited;
        await page.locator('#f-judul_pendek').fill('Tanpa skrip');
        await page.getByRole('button', { name: 'Lihat hasilnya' }).click();
        await page.frameLocator('iframe[name=hasil]').getByRole('heading', { level: 1 }).waitFor();
        await page.locator('#f-per').fill('x');
        await save(page);
        await refused(page, 'perlu dibetulkan');
        await page.locator('#f-per').fill('2021');
        await save(page);
        await told(page, 'Tersimpan.');
        assert.match(desk.text('content/unit/tanjung-priok.md'), /Tanpa skrip/);
        await visited.close();
    });

    test('a foreign site changes nothing and reads nothing', LIMIT, async () => {
        const path = 'content/unit/semper-barat.md';
        const before = desk.text(path);
        const target = `${desk.origin}/_ubah/unit/semper-barat.md`;
        const html = `<!doctype html><title>Lain</title>
            <form method="post" action="${target}" target="hasil"><input name="judul" value="Diganti"><input name="sidik" value="x"><input name="kunci" value="0"></form>
            <iframe name="hasil"></iframe><iframe name="bingkai" src="${target}"></iframe><img id="gambar" src="${target}">`;
        const foreign = createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html));
        await new Promise((resolve) => foreign.listen(0, '127.0.0.1', resolve));
        const visited = await visit(browser, `http://127.0.0.1:${foreign.address().port}/`, DESKTOP);
        const { page } = visited;
        const posted = page.waitForResponse((response) => response.url() === target && response.request().method() === 'POST');
        await page.evaluate(() => document.forms[0].submit());
        assert.equal((await posted).status(), 403);
        const outcomes = await page.evaluate(async (url) => {
            const attempt = async (options) => {
                try {
                    const answer = await fetch(url, options);
                    return answer.type === 'opaque' ? 'opaque' : await answer.text();
                } catch (fault) {
                    return fault.name;
                }
            };
            const body = new URLSearchParams({ judul: 'Diganti', kunci: '0', sidik: '' });
            return {
                read: await attempt({}),
                post: await attempt({ method: 'POST', mode: 'no-cors', body }),
                put: await attempt({ method: 'PUT', headers: { 'X-Bersinar': '0' }, body: 'x' }),
                framed: frames.bingkai.length === 0 && (() => {
                    try {
                        return frames.bingkai.document.body.textContent;
                    } catch (fault) {
                        return fault.name;
                    }
                })(),
                image: document.getElementById('gambar').naturalWidth,
            };
        }, target);
        assert.deepEqual(outcomes, { read: 'TypeError', post: outcomes.post, put: 'TypeError', framed: 'SecurityError', image: 0 });
        assert.ok(['opaque', 'TypeError'].includes(outcomes.post), outcomes.post);
        assert.equal(desk.text(path), before);
        await visited.close();
        foreign.close();
    });

    const LOOKED_AT = ['', '?cari=ancol', 'unit/ancol.md', 'kantor/bnnk-jakarta-selatan.md', 'fasilitas/lido.md', '_index.md', 'keluarga.en.md',
        'baru', 'sumber', 'sumber/baru', 'sumber/ubah?entri=bnn-2025', 'fasilitas/lido.md/kontak/0', 'fasilitas/lido.md/kontak/0/kedua', 'fasilitas/lido.md/kontak/0/hapus', 'fasilitas/lido.md/kontak/baru',
        'fasilitas/lido.md/kontak/baru?jenis=telepon', 'unit/ancol.md/nama', 'tiada.md'];
    for (const path of LOOKED_AT) test(`nothing bars the way: /_ubah/${path}`, LIMIT, async () => {
        const { page, close } = await open(desk, path, { viewport: NARROW });
        assert.equal(await overflowOf(page), 0, 'no scrolling sideways');
        await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; }));
        assert.deepEqual(await violationsOf(page), []);
        assert.equal(await overflowOf(page), 0, 'no scrolling sideways, unfolded');
        await close();
    });

    test('nothing bars the way where something is wrong', LIMIT, async () => {
        const { page, close } = await open(desk, 'unit/layanan-kolaka.md', { viewport: NARROW });
        await page.locator('#f-per').fill('x');
        await page.getByLabel('Isi halaman').fill('<b>x</b>\n');
        await save(page);
        await refused(page, 'perlu dibetulkan');
        assert.deepEqual(await violationsOf(page), []);
        assert.equal(await overflowOf(page), 0);
        await close();
    });
});

describe('contacts', () => {
    let desk;
    before(async () => { desk = await startDesk(laySmall); }, LIMIT);
    after(() => desk?.close());

    const isPublished = async (number) => (await (await fetch(`${desk.origin}/kantor/bnnk-utara/`)).text()).includes(number);

    /** Presses Tab until something has the focus, as whoever has no mouse does. */
    async function tabTo(page, locator) {
        for (let presses = 0; presses < 300; presses += 1) {
            if (await locator.evaluate((element) => element === document.activeElement)) return;
            await page.keyboard.press('Tab');
        }
        assert.fail(`the keyboard does not lead to ${locator}`);
    }
    const keyed = (page, key) => page.locator(`[name^="kontak."][name$=".${key}"]:not([type=hidden])`);
    const type = async (page, key, text) => {
        await tabTo(page, keyed(page, key));
        await page.keyboard.type(text);
    };
    const choose = async (page, key, presses) => {
        await tabTo(page, keyed(page, key));
        for (let press = 0; press < presses; press += 1) await page.keyboard.press('ArrowDown');
    };
    const retype = async (page, key, text) => {
        await tabTo(page, keyed(page, key));
        await page.keyboard.press('Control+A');
        await page.keyboard.type(text);
    };
    const press = async (page, locator) => {
        await tabTo(page, locator);
        await page.keyboard.press('Enter');
    };

    test('a number is corrected by two, with the keyboard alone', LIMIT, async () => {
        const visited = await open(desk, 'kantor/bnnk-utara.md');
        const { page } = visited;
        const before = desk.text(OFFICE);
        const card = page.locator('details').filter({ has: page.locator('summary', { hasText: 'Telepon: 021 0000000' }) });
        await press(page, card.getByRole('link', { name: 'Ubah nomor' }));
        await type(page, 'nilai', '021 0000001');
        await type(page, 'tekan', '12');
        await choose(page, 'cara', 1);
        await type(page, 'oleh', 'petugas data');
        await page.keyboard.press('Enter');
        await told(page, 'konfirmasi pertama tercatat');
        const { gone, fresh } = changedLines(before, desk.text(OFFICE));
        assert.equal(fresh.length, gone.length, 'lines change and none is added');
        assert.ok(fresh.includes('nilai = "021 0000001"') && fresh.includes('oleh = "petugas data"'), fresh.join('\n'));
        assert.ok(fresh.length <= 4, fresh.join('\n'));
        assert.ok(!(await page.locator('main').textContent()).includes('0000001'), 'who types it again does not see it');
        const records = desk.text(CONFIRMATIONS);
        // A wrong digit.
        await type(page, 'nilai', '021 0000002');
        await type(page, 'tekan', '12');
        await choose(page, 'cara', 3);
        await type(page, 'oleh', 'petugas humas');
        await page.keyboard.press('Enter');
        await refused(page, 'Beda pertama');
        assert.equal(desk.text(CONFIRMATIONS), records, 'nothing is recorded');
        // The same role.
        await retype(page, 'nilai', '(021) 000 0001');
        await retype(page, 'oleh', 'Petugas  Data');
        await page.keyboard.press('Enter');
        await refused(page, 'petugas lain');
        await retype(page, 'oleh', 'petugas humas');
        await page.keyboard.press('Enter');
        await told(page, 'dikonfirmasi dua petugas');
        assert.match(desk.text(CONFIRMATIONS), /nilai = "021"|021\D*000\D*0001|0210000001/);
        assert.ok(!desk.text(CONFIRMATIONS).includes('0000002'));
        await until(() => isPublished('tel:+62210000001'), 'the new number on the site');
        assert.equal(await page.locator('#ringkasan').count(), 0, 'nothing is wrong');
        forget(visited, STATUS);
        assertQuiet(visited);
        await visited.close();
    });

    test('a contact is added, and another removed after asking back', LIMIT, async () => {
        const visited = await open(desk, 'kantor/bnnk-utara.md');
        const { page } = visited;
        await page.getByRole('link', { name: 'Tambah kontak' }).click();
        await page.getByLabel('Jenis kontak').selectOption('telepon');
        await page.getByRole('button', { name: 'Lanjut' }).click();
        await page.getByRole('button', { name: 'Simpan kontak' }).click();
        await refused(page, 'belum diisi');
        await keyed(page, 'nilai').fill('021 0000005');
        await page.locator('select[name$=".label"]').selectOption('perawatan');
        await page.locator('select[name$=".sumber"]').selectOption('berita-2021');
        await keyed(page, 'cara').selectOption('telepon');
        await keyed(page, 'oleh').fill('petugas data');
        await page.getByRole('button', { name: 'Simpan kontak' }).click();
        await told(page, 'konfirmasi pertama tercatat');
        await keyed(page, 'nilai').fill('0210000005');
        await keyed(page, 'cara').selectOption('laman-resmi');
        await keyed(page, 'oleh').fill('petugas humas');
        await page.getByRole('button', { name: 'Simpan konfirmasi kedua' }).click();
        await told(page, 'dikonfirmasi dua petugas');
        await until(() => isPublished('tel:+62210000005'), 'the new contact on the site');
        const count = (text, pattern) => text.split(pattern).length - 1;
        const [contacts, records] = [count(desk.text(OFFICE), '[[kontak]]'), count(desk.text(CONFIRMATIONS), '[[konfirmasi]]')];
        const card = page.locator('details').filter({ has: page.locator('summary', { hasText: '021 0000005' }) });
        await card.getByRole('link', { name: 'Hapus' }).click();
        assert.equal(count(desk.text(OFFICE), '[[kontak]]'), contacts, 'it is asked back first');
        await page.getByRole('button', { name: 'Ya, hapus' }).click();
        await told(page, 'Kontak dihapus');
        assert.equal(count(desk.text(OFFICE), '[[kontak]]'), contacts - 1);
        assert.equal(count(desk.text(CONFIRMATIONS), '[[konfirmasi]]'), records - 1, 'with its second confirmation');
        await until(async () => !await isPublished('tel:+62210000005'), 'the site without it');
        forget(visited, STATUS);
        assertQuiet(visited);
        await visited.close();
    });
});
