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
    globalThis.hand = {
        toQuestions, toResult, choosePlace, places, answerOne, goOn, choose, chance, radios, all, settle,
    };
}

/** Gives the page a hand, once the widget stands in it. */
export async function withHand(page) {
    await page.locator('#aplikasi h1').waitFor({ state: 'attached' });
    await page.evaluate(giveHand, chance.toString());
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
    await page.waitForFunction(() =>
        document.querySelectorAll('meta[http-equiv=Content-Security-Policy]').length > 1);
}
