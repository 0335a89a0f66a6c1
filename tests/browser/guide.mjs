// The steps of docs/panduan-staf.md → what to do and what to see. A step is a line of a numbered list between
// the two marks; its sentences are those below, and nothing in bold, in backticks or in a box stands in it
// that is not done or looked at.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The program: the one that is named, or the one that cargo left. */
export const PROGRAM = process.env.BERSINAR_PROGRAM
    ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug', 'bersinar');

const BOLD = String.raw`\*\*([^*]+)\*\*`;
const TYPED = String.raw`\x60([^\x60]+)\x60`;
/** What a step can say, and the act it is. The first that fits counts. */
const SENTENCES = [
    ['unpack', String.raw`Buka berkas zip ${TYPED}`],
    ['start', String.raw`Klik dua kali ${BOLD}\. Peramban`],
    ['finish', String.raw`Klik dua kali ${BOLD}`],
    ['stop', String.raw`Tutup jendela ${BOLD}`],
    ['open', String.raw`Buka alamat ${TYPED}`],
    ['click', String.raw`Klik ${BOLD}(?: di bawah ${BOLD})?`],
    ['fill', String.raw`Isi ${BOLD} dengan ${TYPED}(?: di bawah ${BOLD})?`],
    ['clear', String.raw`Kosongkan ${BOLD}(?: di bawah ${BOLD})?`],
    ['choose', String.raw`Pilih ${BOLD} di ${BOLD}(?: di bawah ${BOLD})?`],
    ['tick', String.raw`Centang ${BOLD}`],
    ['upload', String.raw`Pilih berkas ${TYPED} di ${BOLD}`],
    ['see', String.raw`Anda melihat ${BOLD}`],
    ['alter', String.raw`Di Notepad, ganti ${TYPED} menjadi ${TYPED} di berkas ${TYPED}`],
    ['run', String.raw`Ketik perintah ${TYPED}`],
    ['answered', String.raw`Jawabannya ${TYPED}`],
    ['picture', String.raw`!\[[^\]]+\]\(gambar/panduan/([^)]+)\)`],
].map(([name, pattern]) => [name, new RegExp(pattern, 'iy')]);
const WHAT_COUNTS = /\*\*|`|!\[/g;
const MARKS = ['<!-- langkah: mulai -->', '<!-- langkah: akhir -->'];

/** The numbered steps between the marks, each with its place and its acts in order. */
export function stepsOf() {
    const guide = readFileSync(join(ROOT, 'docs', 'panduan-staf.md'), 'utf8');
    const [before, part] = MARKS.map((mark) => guide.indexOf(mark));
    if (before < 0 || part < before) throw new Error('the guide has no steps between its marks');
    const first = guide.slice(0, before).split('\n').length;
    const steps = [];
    let section = '';
    guide.slice(before, part).split('\n').forEach((text, at) => {
        if (text.startsWith('#')) section = text.replace(/^#+ /, '');
        if (/^\d+\. /.test(text)) steps.push({ section, line: first + at, text: '' });
        if (/^(\d+\. |   )/.test(text) && steps.at(-1)?.section === section) steps.at(-1).text += `${text.replace(/^(\d+\. | +)/, '')} `;
    });
    return steps.map((step) => ({ ...step, acts: actsOf(step) }));
}

/** The acts that a step names, in order. Whatever stands out in it and is no act is a fault of the guide. */
function actsOf({ text, line }) {
    const acts = [];
    let at = 0;
    while (at < text.length) {
        const found = SENTENCES.map(([name, pattern]) => {
            pattern.lastIndex = at;
            return { name, match: pattern.exec(text) };
        }).find(({ match }) => match);
        if (found) {
            acts.push({ name: found.name, what: found.match.slice(1) });
            at += found.match[0].length;
        } else {
            WHAT_COUNTS.lastIndex = at;
            if (WHAT_COUNTS.exec(text)?.index === at) {
                throw new Error(`docs/panduan-staf.md:${line} names something that no act says: ${text.slice(at, at + 60)}`);
            }
            at += 1;
        }
    }
    return acts;
}
