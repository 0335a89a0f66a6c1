// Runs the measures, prints their figures, and keeps those of whole runs in docs/privacy-evidence.md.

import { keep, print } from './evidence.mjs';
import * as access from './access.mjs';
import * as egress from './egress.mjs';
import * as grades from './grades.mjs';
import * as leaving from './leaving.mjs';
import * as powers from './powers.mjs';
import * as profiles from './profiles.mjs';
import * as residue from './residue.mjs';
import * as scoring from './scoring.mjs';
import * as silence from './silence.mjs';
import * as size from './size.mjs';

const MEASURES = [egress, silence, residue, profiles, leaving, powers, access, scoring, size, grades];

const asked = process.argv.slice(2).filter((word) => word !== '--sample');
const isSample = process.argv.includes('--sample');
const unknown = asked.filter((word) => !MEASURES.some(({ name }) => name === word));
if (unknown.length > 0) {
    console.error(`no measure ${unknown}; there are: ${MEASURES.map(({ name }) => name).join(', ')}`);
    process.exit(2);
}

// Ended from outside, it takes its browsers along.
process.on('SIGTERM', () => process.exit(143));

let holds = true;
const isAsked = ({ name, isWholeOnly }) => (asked.length > 0 ? asked.includes(name) : !(isSample && isWholeOnly));
for (const measure of MEASURES.filter(isAsked)) {
    const started = Date.now();
    // Whoever finds it hanging knows by what.
    console.error(`measuring: ${measure.name}`);
    const result = await measure.measure({ isSample });
    const seconds = Math.round((Date.now() - started) / 1000);
    print(measure, result, seconds);
    if (!isSample) keep(measure, result, seconds);
    holds &&= result.figures.every((figure) => figure.holds);
}
process.exit(holds ? 0 : 1);
