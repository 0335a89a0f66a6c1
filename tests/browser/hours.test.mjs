// The opening hours of offices, as the screening shows them at a moment. The offices are invented: they
// are those of tests/sites/jam, one in each zone.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, visit } from './browser.mjs';
import { serveSite } from './server.mjs';
import { SCREENING, word } from './site.mjs';
import { mouse } from './walk.mjs';

const FOLDER = process.env.BERSINAR_HOURS ?? '';
if (!existsSync(join(FOLDER, 'cek', 'index.html'))) {
    throw new Error('BERSINAR_HOURS must name a folder built from tests/sites/jam, see README.md');
}

const JAKARTA = ['DKI Jakarta'];
const KENDARI = ['Sulawesi Tenggara', 'Kendari'];
const JAYAPURA = ['Papua', 'Kota Jayapura'];

/** At a moment (UTC), what the first office of a place is said to be: now, tonight, tomorrow. */
const MOMENTS = [
    // 16 November 2026 was a Monday.
    ['2026-11-16T00:59:00Z', JAKARTA, 'sekarang_tutup', '', 'malam_tutup', '', 'besok', '08.00–16.00'],
    ['2026-11-16T01:00:00Z', JAKARTA, 'sekarang', '16.00', 'malam_tutup', '', 'besok', '08.00–16.00'],
    ['2026-11-19T02:00:00Z', JAKARTA, 'sekarang', '16.00', 'malam_tutup', '', 'besok', '08.00–16.30'],
    ['2026-11-20T09:29:00Z', JAKARTA, 'sekarang', '16.30', 'malam_tutup', '', 'besok_tutup', ''],
    // Sunday 23.30 at the office: its tomorrow is Monday.
    ['2026-11-22T16:30:00Z', JAKARTA, 'sekarang_tutup', '', 'malam_tutup', '', 'besok', '08.00–16.00'],
    // Tuesday 23.00 in Kendari, then Wednesday 3.00, then Sunday at noon.
    ['2026-11-17T15:00:00Z', KENDARI, 'sekarang_besok', '04.00', 'malam', '20.00–04.00', 'besok', '20.00–04.00'],
    ['2026-11-17T19:00:00Z', KENDARI, 'sekarang', '04.00', 'malam', '20.00–04.00', 'besok', '20.00–04.00'],
    ['2026-11-22T04:00:00Z', KENDARI, 'sekarang_tutup', '', 'malam', '18.30–24.00', 'besok_tutup', ''],
];

describe('opening hours', () => {
    let browser;
    let site;
    before(async () => {
        browser = await launch();
        site = await serveSite(FOLDER);
    });
    after(async () => {
        await browser.close();
        await site.close();
    });

    /** The card of the first office of a place, at a moment. */
    async function cardAt(moment, place) {
        const visited = await visit(browser, site.origin + SCREENING, { at: moment });
        const { page } = visited;
        const hand = mouse(page);
        await page.locator('#aplikasi h1').waitFor();
        await hand.press(word('buka.orang_lain'));
        await page.getByRole('heading', { level: 1, name: word('lain.judul') }).waitFor();
        const levels = ['tempat.provinsi', 'tempat.kota'];
        for (const [level, name] of place.entries()) await hand.pick(word(levels[level]), name);
        const card = page.locator('#aplikasi .kontak').filter({ has: page.locator('h3') }).first();
        await card.waitFor();
        const text = (await card.innerText()).replace(/\s+/g, ' ');
        const whole = (await card.textContent()).replace(/\s+/g, ' ');
        assert.deepEqual(visited.requests, [visited.url], 'the hours are asked of nobody');
        await visited.close();
        return { text, whole };
    }

    for (const [moment, place, now, until, tonight, evening, tomorrow, next] of MOMENTS) {
        test(`${moment} in ${place.at(-1)}`, async () => {
            const { text } = await cardAt(moment, place);
            for (const [key, pukul] of [[now, until], [tonight, evening], [tomorrow, next]]) {
                const said = word(`jam.${key}`, { pukul });
                assert.ok(text.includes(said), `${said} in: ${text}`);
            }
            assert.ok(text.includes(word('jam.libur')), 'holidays are not known, and that is said');
            const opposite = word(now === 'sekarang_tutup' ? 'jam.sekarang_terus' : 'jam.sekarang_tutup');
            assert.ok(!text.includes(opposite), `${opposite} in: ${text}`);
        });
    }

    test('an office that never closes', async () => {
        const { text } = await cardAt('2026-11-22T15:00:00Z', JAYAPURA);
        assert.ok(text.includes(word('jam.selalu')), text);
    });

    test('an office that has told no hours is said neither open nor closed', async () => {
        const { text, whole } = await cardAt('2026-11-16T02:00:00Z', ['DKI Jakarta', 'Jakarta Utara']);
        for (const key of ['sekarang_terus', 'sekarang_tutup', 'malam_tutup', 'besok_tutup', 'libur']) {
            assert.ok(!text.includes(word(`jam.${key}`)), `${key} in: ${text}`);
        }
        assert.ok(whole.includes(word('sebelum.belum_dijawab')), whole);
    });

    test('an office that has answered everything leaves nothing unanswered', async () => {
        const { whole } = await cardAt('2026-11-16T02:00:00Z', JAKARTA);
        assert.ok(!whole.includes(word('sebelum.belum_dijawab')), whole);
        assert.ok(whole.includes('Senin sampai Kamis 08.00–16.00 WIB.'), whole);
        assert.ok(whole.includes('Saya mau bertanya soal rehabilitasi.'), whole);
    });
});
