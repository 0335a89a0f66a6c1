// Grades: what two public examiners of policies say: Google's csp_evaluator about every policy of the
// site, Mozilla's Observatory about the pages as served, without TLS.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRules, serveSite } from '../browser/server.mjs';
import { DIST, builtPages } from '../browser/site.mjs';
import { atLeast, atMostNames, told } from './figures.mjs';
import { SEALED, policyOf } from './sealed.mjs';

/** What cannot be had without TLS. */
const NEEDS_TLS = ['redirection', 'strict-transport-security'];

export const name = 'grades';
export const title = 'Grades: csp_evaluator and Mozilla Observatory';
/** The examiners bring two hundred packages along: too much for a sample. */
export const isWholeOnly = true;

export async function measure() {
    const { CspEvaluator } = await load('csp_evaluator/dist/evaluator.js');
    const { CspParser } = await load('csp_evaluator/dist/parser.js');
    const { scan } = await load('@mdn/mdn-http-observatory/src/scanner/index.js');
    const policies = everyPolicy();
    const findings = policies.flatMap((policy) => new CspEvaluator(new CspParser(policy).csp).evaluate()
        .map(({ directive, value, description, severity }) =>
            `${directive} ${value ?? ''} (${severity}): ${description.split('\n')[0]}`));
    const site = await serveSite(DIST);
    const scans = [];
    try {
        for (const path of ['/', ...SEALED]) {
            const { scan: { grade, score }, tests } = await scan(`${new URL(site.origin).host}${path}`);
            const failed = Object.entries(tests).filter(([, test]) => !test.pass).map(([test]) => test);
            scans.push({ path, grade, score, failed, count: Object.keys(tests).length });
        }
    } finally {
        await site.close();
    }
    return {
        figures: [
            atLeast('different policies examined by csp_evaluator', policies.length, 2),
            atMostNames('its findings', [...new Set(findings)], 0),
            ...scans.map(({ path, grade, score }) => told(`Observatory, ${path}, without TLS`, `${grade}, ${score}`)),
            atLeast('tests of the Observatory', Math.min(...scans.map(({ count }) => count)), 10),
            atMostNames('failed, apart from those that need TLS', scans.flatMap(({ path, failed }) =>
                failed.filter((test) => !NEEDS_TLS.includes(test)).map((test) => `${path}: ${test}`)), 0),
        ],
        notes: [`Failed for want of TLS: ${[...new Set(scans.flatMap(({ failed }) => failed))].join(', ')}.`],
    };
}

/** Loaded only here: `tools` installs it. */
const load = (module) => import(module);

/** Every policy that a page or a header of the site has. */
function everyPolicy() {
    const headers = parseRules(readFileSync(join(DIST, '_headers'), 'utf8'))
        .map((rule) => rule.headers['content-security-policy']).filter(Boolean);
    const pages = builtPages().filter(({ file }) => readFileSync(file, 'utf8').includes('Content-Security-Policy'))
        .map(({ path }) => policyOf(path));
    return [...new Set([...headers, ...pages])];
}
