// Brings a page up to date after a save, in place: what did not change keeps its focus, its scroll and
// what was typed. And folds the faults away, so that the page below them can be seen.
(() => {
const FOLDED = 'bersinar-lipat';
const note = () => document.getElementById('bersinar');
const faults = () => note().querySelector('section');
const opener = () => note().querySelector('.buka');

function fold(isFolded) {
  faults().hidden = isFolded;
  opener().hidden = !isFolded;
  sessionStorage.setItem(FOLDED, isFolded ? note().dataset.galat : '');
}

/** Other faults than those that were folded away are shown. */
function settle() {
  if (faults()) fold(sessionStorage.getItem(FOLDED) === note().dataset.galat);
}

addEventListener('click', (event) => {
  const button = event.target.closest('#bersinar button');
  if (!button) return;
  fold(button.matches('.tutup'));
  (faults().hidden ? opener() : faults()).focus();
});
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !faults() || faults().hidden) return;
  const isInside = faults().contains(document.activeElement);
  fold(true);
  if (isInside) opener().focus();
});

/** Does to `live` what makes `next` of `known`. */
function follow(live, known, next) {
  if (known.isEqualNode(next)) return;
  const isOther = (node) => node.nodeName !== next.nodeName || node.id !== next.id;
  if (isOther(live) || isOther(known)) {
    live.replaceWith(document.importNode(next, true));
  } else if (next.nodeType !== Node.ELEMENT_NODE) {
    live.nodeValue = next.nodeValue;
  } else {
    followAttributes(live, known, next);
    followChildren(live, known, next);
  }
}

function followAttributes(live, known, next) {
  for (const name of new Set([...known.getAttributeNames(), ...next.getAttributeNames()])) {
    const value = next.getAttribute(name);
    if (known.getAttribute(name) === value) continue;
    if (value === null) live.removeAttribute(name);
    else live.setAttribute(name, value);
  }
}

function followChildren(live, known, next) {
  const [here, old, now] = [live, known, next].map((node) => [...node.childNodes]);
  if (here.length !== old.length) {
    live.replaceChildren(...now.map((node) => document.importNode(node, true)));
    return;
  }
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start].isEqualNode(now[start])) start += 1;
  let tail = 0;
  while (tail < shorter - start && old.at(-1 - tail).isEqualNode(now.at(-1 - tail))) tail += 1;
  const after = here[here.length - tail] ?? null;
  const paired = shorter - tail;
  now.slice(paired, now.length - tail).forEach((node) => live.insertBefore(document.importNode(node, true), after));
  here.slice(paired, here.length - tail).forEach((node) => node.remove());
  for (let at = start; at < paired; at += 1) follow(here[at], old[at], now[at]);
}

/** The page as it is served; with a version, as soon as that is not the last one any more. */
async function served(version) {
  const headers = version ? { 'Bersinar-Versi': version } : {};
  const answer = await fetch(location.pathname, { headers, cache: 'no-store' });
  return answer.status === 204 ? null : new DOMParser().parseFromString(await answer.text(), 'text/html');
}

const versionOf = (page) => page.getElementById('bersinar')?.dataset.versi;
/** What only a page that comes anew takes over. */
const loadedBy = (page) => [...page.querySelectorAll('script, link')].map((part) => part.outerHTML).join();

async function watch() {
  let known = null;
  for (;;) {
    try {
      // A browser has six connections to a site; tabs that nobody sees must not hold them.
      if (document.hidden) await new Promise((done) => addEventListener('visibilitychange', done, { once: true }));
      known ??= await served();
      // What changed since this page came is not known: it comes again.
      if (versionOf(known) !== versionOf(document)) return location.reload();
      const next = await served(versionOf(known));
      if (!next) continue;
      if (!versionOf(next) || loadedBy(next) !== loadedBy(known)) return location.reload();
      follow(document.documentElement, known.documentElement, next.documentElement);
      known = next;
      settle();
    } catch {
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

settle();
watch();
})();
