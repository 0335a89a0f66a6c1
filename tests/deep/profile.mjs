// A folder for the profile of a browser, which lasts as long as it is needed.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lets `act` use a new, empty folder, and removes it afterwards. */
export async function withProfile(act) {
    const folder = await mkdtemp(join(tmpdir(), 'profil-'));
    try {
        return await act(folder);
    } finally {
        // Chromium may still be writing its last things.
        await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
}
