// Wandering through the screening -> every state it can be in, and a walk that leads to each.

import { kindOf } from './kinds.mjs';
import { SEALED } from './sealed.mjs';
import { withHand } from './walker.mjs';

const LONGEST_WALK = 160;

/**
 * Walks from `seeds` chances, in every language by turns, until `isEnough`. Gives back a map from the
 * name of each state to the walks that end in it: `{ path, seed, steps, kind }`.
 */
export async function wanderThrough(page, origin, { nameOf, seeds, isEnough = () => false }) {
    const walks = new Map();
    for (let seed = 0; seed < seeds && (seed < SEALED.length || !isEnough(walks)); seed += 1) {
        const path = SEALED[seed % SEALED.length];
        await goTo(page, origin, { path, seed, steps: 0 });
        const seen = await page.evaluate((walk) => globalThis.hand.wander(walk), [seed, LONGEST_WALK]);
        seen.forEach((state, step) => {
            const kind = kindOf(path, state.heading);
            const name = nameOf({ ...state, kind, path });
            walks.set(name, [...(walks.get(name) ?? []), { path, seed, steps: step + 1, kind }]);
        });
    }
    return walks;
}

/** Goes a walk, on a page of its own. */
export async function goTo(page, origin, { path, seed, steps }) {
    await page.goto('about:blank');
    await page.goto(origin + path);
    await withHand(page);
    await page.evaluate((walk) => globalThis.hand.wander(walk), [seed, steps]);
}
