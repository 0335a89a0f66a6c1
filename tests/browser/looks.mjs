// axe-core on what is open: light, dark, forced colours.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OPTIONS = {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // AAA: 7 to 1. The site aims at it and reaches it.
    rules: { 'color-contrast-enhanced': { enabled: true } },
    // Nothing may be fetched, not even by axe.
    preload: false,
    resultTypes: ['violations'],
};
const LOOKS = [
    { colorScheme: 'light', forcedColors: 'none' },
    { colorScheme: 'dark', forcedColors: 'none' },
    { colorScheme: 'light', forcedColors: 'active' },
];

/** Looks at what is open in every look. `evaluate` works despite the page's policy. */
export async function violationsOf(page) {
    await page.evaluate(AXE);
    await page.evaluate(tellForcedColours);
    const found = [];
    for (const look of LOOKS) {
        await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
        const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), OPTIONS);
        const name = look.forcedColors === 'active' ? 'forced colours' : look.colorScheme;
        for (const { id, nodes } of violations) {
            for (const { target, failureSummary } of nodes) {
                found.push(`${name}: ${id} at ${target}: ${failureSummary.replace(/\s+/g, ' ')}`);
            }
        }
    }
    return found;
}

/**
 * axe asks for -webkit-text-fill-color, of which Chromium tells the author's colour even where
 * forced colours have replaced it on the screen. The site never sets it: the text colour is meant.
 */
function tellForcedColours() {
    const { getPropertyValue } = CSSStyleDeclaration.prototype;
    CSSStyleDeclaration.prototype.getPropertyValue = function tell(name) {
        return getPropertyValue.call(this, name === '-webkit-text-fill-color' ? 'color' : name);
    };
}
