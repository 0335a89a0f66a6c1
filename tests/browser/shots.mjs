// Screenshots ↔ small PNG files: as few colours as a palette holds, and how far two of them differ.

import { readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/** The side of the squares in which pictures are compared, in pixels. */
const TILE = 16;
/** How far a channel may be off: fewer colours, and edges of letters. */
const OFF = 56;
/** How many pixels of a square must be off, so that it is another. */
const PIXELS = 12;

/** The pixels of a PNG, four bytes each; `page` is any page of a browser, which knows how to read one. */
async function pixelsOf(page, png) {
    const { width, height, data } = await page.evaluate(async (text) => {
        const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${text}`)).blob());
        const canvas = new OffscreenCanvas(picture.width, picture.height);
        const drawn = canvas.getContext('2d');
        drawn.drawImage(picture, 0, 0);
        const bytes = drawn.getImageData(0, 0, picture.width, picture.height).data;
        let binary = '';
        for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
        return { width: picture.width, height: picture.height, data: btoa(binary) };
    }, png.toString('base64'));
    return { width, height, data: Buffer.from(data, 'base64') };
}

/** The colours by how finely they are told apart: as fine as 256 of them allow. */
function palette({ data }) {
    for (let bits = 8; ; bits -= 1) {
        const mask = (0xff << (8 - bits)) & 0xff;
        const groups = new Map();
        const keyOf = (at) => ((data[at] & mask) << 16) | ((data[at + 1] & mask) << 8) | (data[at + 2] & mask);
        for (let at = 0; at < data.length; at += 4) {
            const group = groups.get(keyOf(at)) ?? [0, 0, 0, 0];
            for (const channel of [0, 1, 2]) group[channel] += data[at + channel];
            group[3] += 1;
            groups.set(keyOf(at), group);
            if (groups.size > 256) break;
        }
        if (groups.size > 256) continue;
        const index = new Map([...groups.keys()].map((key, at) => [key, at]));
        const colours = [...groups.values()].flatMap(([red, green, blue, count]) => [red, green, blue].map((sum) => Math.round(sum / count)));
        return { colours, indexAt: (at) => index.get(keyOf(at)) };
    }
}

function chunk(name, data) {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
}

/** The pixels as a PNG of at most 256 colours. */
function encoded(pixels) {
    const { width, height } = pixels;
    const { colours, indexAt } = palette(pixels);
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, 3, 0, 0, 0], 8);
    const rows = Buffer.alloc(height * (width + 1));
    for (let row = 0; row < height; row += 1) {
        for (let column = 0; column < width; column += 1) {
            rows[row * (width + 1) + column + 1] = indexAt(4 * (row * width + column));
        }
    }
    return Buffer.concat([
        Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('PLTE', Buffer.from(colours)),
        chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
    ]);
}

/** Writes a screenshot to a file, small. */
export async function keep(page, png, file) {
    writeFileSync(file, encoded(await pixelsOf(page, png)));
}

/** In how many squares a screenshot differs from that of a file; with another size, in all. */
export async function squaresOff(page, png, file) {
    const seen = await pixelsOf(page, png);
    const known = await pixelsOf(page, readFileSync(file));
    if (seen.width !== known.width || seen.height !== known.height) return Infinity;
    const off = new Map();
    for (let at = 0; at < seen.data.length; at += 4) {
        if ([0, 1, 2].every((channel) => Math.abs(seen.data[at + channel] - known.data[at + channel]) <= OFF)) continue;
        const pixel = at / 4;
        const square = `${Math.floor((pixel % seen.width) / TILE)},${Math.floor(pixel / seen.width / TILE)}`;
        off.set(square, (off.get(square) ?? 0) + 1);
    }
    return [...off.values()].filter((count) => count >= PIXELS).length;
}
