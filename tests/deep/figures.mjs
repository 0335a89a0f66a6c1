// What was found against what must be: the lines of the evidence.

/** A figure that only informs. */
export const told = (what, found) => ({ what, found, holds: true });

/** At least so many. */
export const atLeast = (what, found, limit) => ({ what, found, limit: `≥ ${limit}`, holds: found >= limit });

/** At most so much; `unit` is said after both. */
export const atMost = (what, found, limit, unit = '') =>
    ({ what, found: `${found}${unit}`, limit: `≤ ${limit}${unit}`, holds: found <= limit });

/** At most so many names, and which. */
export const atMostNames = (what, names, limit) =>
    ({ what, found: listed(names), limit: limit === 0 ? '0' : `≤ ${limit}`, holds: names.length <= limit });

/** Whether something is as it must be. */
export const equal = (what, found, wanted) => ({ what, found, limit: String(wanted), holds: found === wanted });

/** How many, and which. */
export const listed = (names) => (names.length > 0 ? `${names.length}: ${names.join('; ')}` : '0');
