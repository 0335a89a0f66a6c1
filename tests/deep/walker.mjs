// A quick hand: walks through the screening from inside the page, by structure and not by words, so
// that a thousand runs take minutes. Chance is seeded.

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function chance(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

/** Runs in the page: gives it a hand. */
function giveHand(source) {
    const chance = (0, eval)(`(${source})`);
    const all = (selector) => [...document.querySelectorAll(`#aplikasi ${selector}`)];
    const radios = () => all('input[type=radio]');
    /** A task later: the widget draws in microtasks, and timers of hidden pages are slow. */
    const settle = () => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { port1.close(); resolve(); };
        port2.postMessage(0);
    });
    const press = async (button) => {
        button.click();
        await settle();
    };
    const goOn = () => press(all('button.tombol:not(.kedua)')[0]);
    const choose = async (option) => {
        radios()[option].click();
        await settle();
    };
    const pick = async (list, index) => {
        list.selectedIndex = index;
        list.dispatchEvent(new Event('change', { bubbles: true }));
        await settle();
    };
    const toQuestions = async () => {
        while (radios().length === 0) await goOn();
        await choose(0);
        await goOn();
    };
    const answerOne = async (random) => {
        const option = Math.floor(random() * radios().length);
        await choose(option);
        await goOn();
        return option;
    };
    /** From the first question to the result: the options chosen, in order. */
    const toResult = async (seed) => {
        const random = chance(seed);
        const options = [];
        while (all('select').length === 0) {
            if (radios().length > 0) options.push(await answerOne(random));
            else await goOn();
        }
        return options;
    };
    /** Chooses a place by the indexes of its options. */
    const choosePlace = async (indexes) => {
        for (const [level, index] of indexes.entries()) await pick(all('select')[level], index);
    };
    /** Chooses some place, down to the last list there is. */
    const chooseSomePlace = async (number) => {
        for (let level = 0; all('select')[level]; level += 1) {
            const { options } = all('select')[level];
            await pick(all('select')[level], 1 + (number % (options.length - 1)));
        }
    };
    /** Every place there is to choose, as indexes of options. */
    const places = async (chosen = []) => {
        const list = all('select')[chosen.length];
        if (!list) return [chosen];
        const found = [];
        for (let index = 1; index < list.options.length; index += 1) {
            await pick(all('select')[chosen.length], index);
            found.push(...await places([...chosen, index]));
        }
        return found;
    };
    /**
     * One thing that a person might do on this screen: mostly the way on, sometimes anything. Whoever is
     * brief mostly takes the first option, and so is soon through.
     */
    const doAnything = async (random, isBrief) => {
        const any = (list) => list[isBrief && list[0].matches('input') && random() < 0.9 ? 0 : Math.floor(random() * list.length)];
        const open = radios().filter(({ name }) => !radios().some((other) => other.name === name && other.checked));
        const buttons = all('button').filter((button) => button.checkVisibility());
        const onward = buttons.filter((button) => button.matches('.tombol:not(.kedua)'));
        const others = [...buttons, ...radios(), ...all('select'), ...all('input[type=checkbox]')];
        // Where nothing is asked, every button leads somewhere of its own.
        const isOnward = random() < (radios().length > 0 ? 0.95 : 0.4);
        const chosen = isOnward && open.length > 0 ? any(open) : any(isOnward && onward.length > 0 ? onward : others);
        if (chosen.matches('select')) return pick(chosen, Math.floor(random() * chosen.options.length));
        return press(chosen);
    };
    /** What stands on the screen, as far as it makes a state of its own. */
    const look = () => ({
        heading: all('h1')[0].textContent,
        parts: all('h2').map((title) => title.textContent),
        isAssisted: all('.besar').length > 0,
        isMissing: all('[role=alert]').length > 0,
        isMarked: radios().some((radio) => radio.checked),
        isPlaced: all('select').some((list) => list.selectedIndex > 0),
    });
    /** Does `steps` things; gives back what stands on the screen after each. */
    const wander = async ([seed, steps]) => {
        globalThis.print = () => {};
        const random = chance(seed);
        const isBrief = random() < 0.5;
        const seen = [];
        for (let step = 0; step < steps; step += 1) {
            await doAnything(random, isBrief);
            seen.push(look());
        }
        return seen;
    };
    globalThis.hand = {
        wander,
        toQuestions, toResult, choosePlace, chooseSomePlace, places, answerOne, goOn, choose, chance, radios, all, settle,
    };
}

/** Runs in the page: waits until there are so many of these elements. */
const waitFor = ([selector, count]) => new Promise((resolve, reject) => {
    const end = Date.now() + 15_000;
    const look = () => {
        if (document.querySelectorAll(selector).length >= count) resolve();
        else if (Date.now() > end) reject(new Error(`the page does not come to ${count} ${selector}`));
        else setTimeout(look, 20);
    };
    look();
});
/** The widget stands there. */
const STANDING = ['#aplikasi h1', 1];
/** The page has locked itself. */
const LOCKED = ['meta[http-equiv=Content-Security-Policy]', 2];

/** Waits until the widget stands in the page. */
export const untilStanding = (page) => page.evaluate(waitFor, STANDING);

/** Gives the page a hand, once the widget stands in it. */
export async function withHand(page) {
    await untilStanding(page);
    await page.evaluate(`(${giveHand})(${JSON.stringify(chance.toString())})`);
}

/** Opens the screening, and goes to the first question; the page has locked itself by then. */
export async function toFirstQuestion(page, url) {
    await page.goto(url);
    await goToFirstQuestion(page);
}

/** Goes to the first question of the screening that is open. */
export async function goToFirstQuestion(page) {
    await withHand(page);
    await page.evaluate(() => globalThis.hand.toQuestions());
    await page.evaluate(waitFor, LOCKED);
}

/**
 * Stops somewhere on the way: within the questions (stops 0 to 2), on the result (3), or with a place
 * chosen (later ones).
 */
export async function stopAt(page, stop) {
    const random = chance(stop * 7 + 1);
    const questions = [1, 3, 9 + Math.floor(random() * 9)][stop];
    if (questions !== undefined) {
        await page.evaluate(async ([count, seed]) => {
            const by = globalThis.hand.chance(seed);
            for (let step = 0; step < count && globalThis.hand.radios().length > 0; step += 1) {
                await globalThis.hand.answerOne(by);
            }
            // One more is marked, and not yet committed.
            if (globalThis.hand.radios().length > 0) await globalThis.hand.choose(0);
        }, [questions, stop]);
        return;
    }
    await page.evaluate((seed) => globalThis.hand.toResult(seed), stop);
    if (stop > 3) await page.evaluate((number) => globalThis.hand.chooseSomePlace(number), stop);
}
