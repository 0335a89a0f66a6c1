// People who fill in the screening, and what it has to tell them. Scores and bands stand here as
// worked out by hand; the test also checks them against the figures in instrument.mjs.

import { SUBSTANCES } from './instrument.mjs';

/** `results`: in the order in which they are listed, [substance, score, band]. */
export const CASES = [
    {
        name: 'everything low',
        answers: { used: { tembakau: '0 - - 0 0', ganja: '3 0 0 0 0 0', penenang: '0 - - - 0 3' } },
        results: [['tembakau', 0, 'rendah'], ['ganja', 3, 'rendah'], ['penenang', 3, 'rendah']],
        highest: 'rendah',
        followUp: 'informasi',
    },
    {
        name: 'moderate',
        answers: { used: { alkohol: '4 0 0 0 6 0', stimulan: '4 0 0 0 0 0' } },
        results: [['stimulan', 4, 'menengah'], ['alkohol', 10, 'rendah']],
        highest: 'menengah',
        followUp: 'bicara',
    },
    {
        name: 'high, and a sedative above low',
        answers: {
            used: { penenang: '3 3 0 0 0 0', opioid: '6 6 4 5 3 3', lain: '6 6 0 8 6 0' },
            injecting: 'earlier',
        },
        results: [['opioid', 27, 'tinggi'], ['penenang', 6, 'menengah'], ['lain', 26, 'menengah']],
        highest: 'tinggi',
        followUp: 'asesmen',
        mustNotStop: true,
    },
    {
        name: 'stopped, and still moderate',
        answers: { used: { opioid: '0 - - - 3 3' } },
        results: [['opioid', 6, 'menengah']],
        highest: 'menengah',
        followUp: 'bicara',
    },
    {
        name: 'injecting on a few days',
        answers: { used: { opioid: '2 0 0 0 0 0' }, injecting: 'few' },
        results: [['opioid', 2, 'rendah']],
        highest: 'menengah',
        followUp: 'bicara',
        injects: true,
    },
    {
        name: 'injecting on more than four days',
        answers: { used: { stimulan: '3 0 0 0 0 0' }, injecting: 'many' },
        results: [['stimulan', 3, 'rendah']],
        highest: 'tinggi',
        followUp: 'asesmen',
        injects: true,
    },
    {
        name: 'only tobacco, high',
        answers: { used: { tembakau: '6 6 7 6 6' } },
        results: [['tembakau', 31, 'tinggi']],
        highest: 'tinggi',
        followUp: 'puskesmas',
    },
    {
        name: 'only alcohol, daily',
        answers: { used: { alkohol: '6 0 0 0 0 0' } },
        results: [['alkohol', 6, 'rendah']],
        highest: 'rendah',
        followUp: 'informasi',
        mustNotStop: true,
    },
    {
        name: 'only alcohol, moderate',
        answers: { used: { alkohol: '2 3 0 0 6 0' } },
        results: [['alkohol', 11, 'menengah']],
        highest: 'menengah',
        followUp: 'puskesmas',
        mustNotStop: true,
    },
    {
        name: 'answers declined',
        answers: {
            used: { kokain: 'x 0 4 0 x 0', opioid: '3 x 0 0 0 0' },
            declined: ['ganja', 'hirup'],
            injecting: 'x',
        },
        results: [['kokain', 4, 'menengah'], ['opioid', 3, 'rendah']],
        withOpen: ['kokain', 'opioid'],
        undisclosed: ['ganja', 'hirup'],
        highest: 'menengah',
        followUp: 'bicara',
        keepsInjectingOpen: true,
    },
    {
        name: 'injecting, on days kept to oneself',
        answers: { used: { halusinogen: '0 - - - 0 0' }, injecting: 'few x' },
        results: [['halusinogen', 0, 'rendah']],
        highest: 'menengah',
        followUp: 'bicara',
        injects: true,
    },
    {
        name: 'not sure of some answers',
        answers: {
            used: { tembakau: 'u 0 0 3 0', stimulan: '3 u 4 0 6 u', opioid: '2 0 0 0 u x' },
            unsure: ['kokain'],
            declined: ['ganja'],
            injecting: 'u',
        },
        results: [['stimulan', 13, 'menengah'], ['tembakau', 3, 'rendah'], ['opioid', 2, 'rendah']],
        withOpen: ['tembakau', 'stimulan', 'opioid'],
        undisclosed: ['ganja', 'kokain'],
        highest: 'menengah',
        followUp: 'bicara',
        keepsInjectingOpen: true,
    },
    {
        name: 'injecting, not sure on how many days',
        answers: { used: { halusinogen: '0 - - - 0 0' }, injecting: 'few u' },
        results: [['halusinogen', 0, 'rendah']],
        highest: 'menengah',
        followUp: 'bicara',
        injects: true,
    },
    {
        name: 'not sure of any substance',
        answers: { unsure: SUBSTANCES },
        results: [],
        undisclosed: SUBSTANCES,
    },
    { name: 'nothing ever used', answers: {}, results: [] },
    {
        name: 'nothing told',
        answers: { declined: ['ganja', 'opioid'] },
        results: [],
        undisclosed: ['ganja', 'opioid'],
    },
];

/** The case with this name. */
export function named(name) {
    const found = CASES.find((person) => person.name === name);
    if (!found) throw new Error(`no case ${name}`);
    return found;
}

/** Places to choose on the result, as [province, kab/kota, unit]; later ones may be left out. */
export const PLACES = [
    { choices: ['DKI Jakarta', 'Jakarta Utara', 'Pademangan – IBM Ancol'], code: '31.72', unitId: 'ancol' },
    { choices: ['Sumatera Selatan', 'Kota Palembang'], code: '16.71' },
    { choices: ['Sulawesi Tenggara', 'Kabupaten Kolaka'], code: '74.01' },
    { choices: ['Aceh'], code: '11' },
    { choices: [] },
    { choices: ['DKI Jakarta', 'Jakarta Selatan', 'Tebet – Bersinar Manggarai'], code: '31.74', unitId: 'manggarai' },
    { choices: ['Sulawesi Tenggara', 'Kabupaten Buton Tengah'], code: '74.14' },
    { choices: ['Sumatera Selatan'], code: '16' },
];
