// Profiles: two screenings that differ in every answer leave the same things in the browser's profile.
// Each is done several times, so that what differs anyway (times, keys made by chance) is known.

import { serveSite } from '../browser/server.mjs';
import { DIST } from '../browser/site.mjs';
import { atLeast, atMostNames } from './figures.mjs';
import { withChromium, withUsedProfile } from './profile.mjs';
import { SEALED } from './sealed.mjs';
import { contentsOf } from './stores.mjs';
import { toFirstQuestion } from './walker.mjs';

/** How often each screening is done. */
const PROFILES = 3;
/** Chromium writes its history and settings some seconds after a change. */
const SETTLED_MS = 12_000;

export const name = 'profiles';
export const title = 'Profiles: what of the answers is in the browser’s stores';
/** Takes minutes, and says nothing when it is done once. */
export const isWholeOnly = true;

export async function measure() {
    const site = await serveSite(DIST);
    try {
        const { dependent, noisy, compared } = await withUsedProfile((used) => compareProfiles(site, used));
        return {
            figures: [
                atLeast('fields compared', compared, 100),
                atMostNames('fields that depend on the answers', dependent, 0),
            ],
            notes: [
                'Compared: every field of every table of every database, every setting, and the texts of all other files.',
                `Ignored, since they differ between equal screenings as well: ${noisy.join(', ')}.`,
            ],
        };
    } finally {
        await site.close();
    }
}

/** Screenings that differ in everything; what in their profiles goes with the answers. */
async function compareProfiles(site, used) {
    const ways = [
        // Nothing ever used; no place.
        (tab) => tab.evaluate(async () => {
            while (globalThis.hand.radios().length > 0) {
                await globalThis.hand.choose(0);
                await globalThis.hand.goOn();
            }
            await globalThis.hand.goOn();
        }),
        // Everything used, and a place.
        async (tab) => {
            await tab.evaluate(async () => {
                while (globalThis.hand.radios().length > 0) {
                    await globalThis.hand.choose(1);
                    await globalThis.hand.goOn();
                }
                await globalThis.hand.goOn();
                await globalThis.hand.chooseSomePlace(7);
            });
        },
    ];
    const groups = [];
    for (const way of ways) {
        const group = [];
        for (let number = 0; number < PROFILES; number += 1) group.push(await profileOf(site, used, way));
        groups.push(group);
    }
    return fieldsThatDiffer(groups);
}

function profileOf(site, used, way) {
    return withChromium(used, async (chromium, folder) => {
        const tab = await chromium.open();
        await toFirstQuestion(tab, site.origin + SEALED[0]);
        await way(tab);
        await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
        await chromium.close();
        return contentsOf(folder);
    });
}

/** A field depends on the answers where it is the same within each group and not between them. */
function fieldsThatDiffer(groups) {
    const fields = new Set(groups.flat().flatMap((contents) => [...contents.keys()]));
    const dependent = [];
    const noisy = new Set();
    for (const field of fields) {
        const values = groups.map((group) => new Set(group.map((contents) => contents.get(field))));
        const isSteady = values.every((each) => each.size === 1);
        if (!isSteady) noisy.add(generalOf(field));
        else if (new Set(values.map((each) => [...each][0])).size > 1) dependent.push(field);
    }
    return { dependent, noisy: [...noisy].sort(), compared: fields.size };
}

/** A field without the numbers and keys that are new in every profile. */
const generalOf = (field) => field
    .replace(/\[\d+\]/g, '')
    .replace(/[0-9a-f]{8,}(-[0-9a-f]{4,})*|\d{6,}/gi, '…')
    .split('.').slice(0, 4).join('.');
