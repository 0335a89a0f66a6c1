// A folder for the profile of a browser, which lasts as long as it is needed.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChromium } from './devtools.mjs';

/** Lets `act` use a new folder, empty or a copy of `original`, and removes it afterwards. */
export async function withProfile(act, original) {
    const folder = await mkdtemp(join(tmpdir(), 'profil-'));
    try {
        if (original) await cp(original, folder, { recursive: true });
        return await act(folder);
    } finally {
        // Chromium may still be writing its last things.
        await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
}

/** Lets `act` copy a profile that has been used before: in a new one Chromium restores nothing. */
export function withUsedProfile(act) {
    return withProfile(async (used) => {
        await (await startChromium(used)).close();
        return act(used);
    });
}

/** Lets `act` use a Chromium with a copy of a used profile; it is dead afterwards. */
export function withChromium(used, act) {
    return withProfile(async (folder) => {
        const chromium = await startChromium(folder);
        try {
            return await act(chromium, folder);
        } finally {
            await chromium.kill();
        }
    }, used);
}
