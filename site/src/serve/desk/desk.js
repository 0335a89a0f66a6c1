'use strict';
// What is nicer with a script: everything here but pictures works without.

const form = document.getElementById('lembar');

// The preview follows what is typed, once somebody has asked for it.
const look = document.getElementById('lihat');
if (form && look) {
    let isShown = false;
    let timer;
    look.addEventListener('click', () => { isShown = true; });
    form.addEventListener('input', () => {
        if (!isShown) return;
        clearTimeout(timer);
        timer = setTimeout(() => form.requestSubmit(look), 400);
    });
}

// Whoever leaves with something typed is asked.
if (form) {
    let isChanged = document.getElementById('ringkasan')?.dataset.diketik === 'ya';
    form.addEventListener('input', () => { isChanged = true; });
    form.addEventListener('submit', (event) => {
        if (event.submitter?.id !== 'lihat') isChanged = false;
    });
    window.addEventListener('beforeunload', (event) => { if (isChanged) event.preventDefault(); });
}

// What is wrong is read first; the way to a field opens what it is folded in.
document.getElementById('ringkasan')?.focus();
const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    target.focus();
};
window.addEventListener('hashchange', unfold);
unfold();
