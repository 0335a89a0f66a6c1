// The heading on the screen -> the kind of screen it is, in the words of its language.

import { screeningWordsIn } from '../browser/site.mjs';

/** The language of the screening at this path. */
export const languageOf = (path) => path.match(/^\/(\w\w)\/\w+\/$/)?.[1] ?? 'id';

/** Every kind of screen there is, by the word of its heading. `Screen` in widget/src/state.rs lists them. */
export const SCREEN_KINDS = [
    'buka.judul', 'lain.judul', 'damping.judul', 'damping.serah_judul', 'usia.judul', 'muda.judul',
    ...['pernah', 'sering', 'keinginan', 'masalah', 'tugas', 'khawatir', 'berhenti', 'suntik', 'suntik_hari']
        .map((question) => `pertanyaan.${question}`),
    'periksa.judul', 'hasil.judul', 'rencana.judul', 'damping.kembali',
];

/** Every text of a table of words, with its key. */
export function textsOf(table, start = '') {
    return Object.entries(table).flatMap(([key, value]) => (typeof value === 'string'
        ? [[start + key, value]]
        : textsOf(value, `${start}${key}.`)));
}

const patterns = new Map();
const fixedIn = (text) => text.replace(/\{\w+\}/g, '').length;

/** Each word of a language as `[key, pattern]`; the pattern fits it with its places filled in. */
function patternsIn(language) {
    if (!patterns.has(language)) {
        // What says most fits best: one question may begin and end as another does.
        const texts = textsOf(screeningWordsIn(language)).sort(([, one], [, other]) => fixedIn(other) - fixedIn(one));
        patterns.set(language, texts.map(([key, text]) => {
            const parts = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
            return [key, new RegExp(`^${parts.join('.+')}$`)];
        }));
    }
    return patterns.get(language);
}

/** The key of the word that the heading is, its places filled in or not. */
export function kindOf(path, heading) {
    const found = patternsIn(languageOf(path)).find(([, pattern]) => pattern.test(heading));
    return found?.[0] ?? heading;
}
