// A Chromium of its own, as a person starts it: own process, own profile, real tabs. Spoken to over a
// pipe, so that nothing of the talking is on the network, and with as few words as possible: what
// Playwright switches off (prerendering, the back-forward cache, session restore) stays on.

import { spawn } from 'node:child_process';
import { ARGUMENTS, EXECUTABLE } from '../browser/browser.mjs';
import { within } from '../browser/within.mjs';

/** What Chromium asks Google of its own accord, whatever page is open. */
const TALKS = ['OptimizationHints', 'OptimizationGuideModelDownloading', 'MediaRouter', 'NetworkTimeServiceQuerying', 'AimEnabled'];

/** How long an answer may take, a whole walk through the screening among them. */
const LIMIT_MS = 180_000;

/** Starts Chromium with the profile in `folder`. */
export async function startChromium(folder, moreArguments = []) {
    const child = spawn(
        EXECUTABLE,
        [...ARGUMENTS, `--user-data-dir=${folder}`, `--disable-features=${TALKS}`, '--remote-debugging-pipe', ...moreArguments],
        { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
    );
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const chromium = new Chromium(child, ended);
    const end = () => chromium.end();
    process.once('exit', end);
    ended.then(() => process.off('exit', end));
    await chromium.send('Browser.getVersion');
    return chromium;
}

class Chromium {
    #child;
    #ended;
    #count = 0;
    #waiting = new Map();
    #rest = '';
    /** What to tell of events, as `(method, params)`. */
    onEvent = () => {};

    constructor(child, ended) {
        this.#child = child;
        this.#ended = ended;
        child.stdio[4].on('data', (data) => this.#hear(data));
        child.stdio[3].on('error', () => {});
        ended.then(() => this.#waiting.forEach(({ reject }) => reject(new Error('Chromium has ended'))));
    }

    #hear(data) {
        const parts = (this.#rest + data).split('\0');
        this.#rest = parts.pop();
        for (const { id, result, error, method, params } of parts.map((part) => JSON.parse(part))) {
            if (method) this.onEvent(method, params);
            const asked = this.#waiting.get(id);
            this.#waiting.delete(id);
            if (error) asked?.reject(new Error(`${asked.method}: ${error.message}`));
            else asked?.resolve(result);
        }
    }

    /** A command of the protocol. */
    send(method, params = {}, sessionId = undefined) {
        this.#count += 1;
        const id = this.#count;
        const answer = new Promise((resolve, reject) => {
            this.#waiting.set(id, { method, resolve, reject });
            this.#child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
        });
        return within(LIMIT_MS, method, answer);
    }

    /** The tabs there are. */
    async tabs() {
        const { targetInfos } = await this.send('Target.getTargets');
        return targetInfos.filter(({ type }) => type === 'page');
    }

    /** Speaks to a tab; without an id, to the first. */
    async attach(targetId) {
        const id = targetId ?? (await this.tabs())[0].targetId;
        const { sessionId } = await this.send('Target.attachToTarget', { targetId: id, flatten: true });
        return new Tab(this, id, sessionId);
    }

    /** Opens a tab. */
    async open(url = 'about:blank') {
        const { targetId } = await this.send('Target.createTarget', { url });
        return this.attach(targetId);
    }

    /** The end as by a flat battery: no time to save anything. */
    async kill() {
        this.end();
        await this.#ended;
    }

    /** Kills it, if it still lives, and does not wait. */
    end() {
        if (this.#child.exitCode === null && this.#child.signalCode === null) {
            process.kill(-this.#child.pid, 'SIGKILL');
        }
    }

    /** The end as by the person. */
    async close() {
        await this.send('Browser.close').catch(() => {});
        await this.#ended;
    }
}

/** A tab, as far as the walker needs it. */
class Tab {
    constructor(chromium, targetId, sessionId) {
        Object.assign(this, { chromium, targetId, sessionId });
    }

    send(method, params) {
        return this.chromium.send(method, params, this.sessionId);
    }

    /** Runs `act` in the page, with a user's gesture, and gives back what it gives back. */
    async evaluate(act, argument) {
        const expression = typeof act === 'string' ? act : `(${act})(${JSON.stringify(argument) ?? ''})`;
        const { result, exceptionDetails } = await this.#whenThere(() => this.send('Runtime.evaluate', {
            expression, awaitPromise: true, returnByValue: true, userGesture: true,
        }));
        if (exceptionDetails) {
            throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        }
        return result.value;
    }

    /** Between two pages nothing can be run; then it is asked again. */
    async #whenThere(ask) {
        for (let patience = 250; ; patience -= 1) {
            try {
                return await ask();
            } catch (error) {
                if (patience === 0 || !error.message.includes('Cannot find default execution context')) throw error;
                await new Promise((resolve) => setTimeout(resolve, 20));
            }
        }
    }

    /** Goes to `url` as from the address bar, and waits until it is loaded. */
    async goto(url) {
        await this.send('Page.navigate', { url });
        await this.waitFor((wanted) => location.href === wanted && document.readyState === 'complete', url);
    }

    /** Waits until `look` gives something true in the page, whatever page that is by then. */
    async waitFor(look, argument, limitMs = 15_000) {
        const end = Date.now() + limitMs;
        for (;;) {
            // Between two pages there is nothing to ask.
            const found = await this.evaluate(look, argument).catch(() => false);
            if (found) return found;
            if (Date.now() > end) throw new Error(`waited in vain for ${look}`);
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    }

    close() {
        return this.chromium.send('Target.closeTarget', { targetId: this.targetId });
    }
}
