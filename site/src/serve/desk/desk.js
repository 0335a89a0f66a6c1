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

// Areas are offered while their names are typed.
const areas = document.createElement('datalist');
areas.id = 'daftar-wilayah';
document.body.append(areas);
for (const input of document.querySelectorAll('input.wilayah')) {
    let timer;
    input.setAttribute('list', areas.id);
    input.addEventListener('input', () => {
        clearTimeout(timer);
        const sought = input.value.trim();
        if (sought.length < 3 || /^[0-9.]+$/.test(sought)) return;
        timer = setTimeout(async () => {
            const answer = await fetch(`/_ubah/wilayah?cari=${encodeURIComponent(sought)}`);
            const found = answer.ok ? await answer.json() : [];
            areas.replaceChildren(...found.map(([code, words]) => new Option(`${words} (${code})`, code)));
        }, 250);
    });
}

// A picture is put beside the page, and shown where the cursor stands.
const tools = document.getElementById('gambar-alat');
if (tools) {
    const [file, words, put, news, body] = ['gambar-berkas', 'gambar-kata', 'gambar-taruh', 'gambar-kabar', 'isi']
        .map((id) => document.getElementById(id));
    tools.hidden = false;
    const tell = (text, field) => {
        news.textContent = text;
        field?.focus();
    };
    put.addEventListener('click', async () => {
        const picture = file.files[0];
        if (!picture) return tell(news.dataset.pilih, file);
        if (!words.value.trim()) return tell(news.dataset.kata, words);
        if (picture.size > 512 * 1024) return tell(news.dataset.besar, file);
        const query = new URLSearchParams({ halaman: tools.dataset.halaman, nama: picture.name, keterangan: words.value });
        const token = form.elements.kunci.value;
        let answer;
        try {
            answer = await fetch(`${tools.dataset.ke}?${query}`, { method: 'PUT', headers: { 'X-Bersinar': token }, body: picture });
        } catch (fault) {
            return tell(String(fault));
        }
        const { markdown, told } = await answer.json().catch(() => ({ told: answer.statusText }));
        if (!markdown) return tell(told);
        const at = body.selectionStart;
        const before = at === 0 || body.value.slice(0, at).endsWith('\n') ? '' : '\n\n';
        body.setRangeText(`${before}${markdown}\n`, at, body.selectionEnd, 'end');
        body.dispatchEvent(new Event('input', { bubbles: true }));
        [file.value, words.value] = ['', ''];
        return tell(news.dataset.jadi, body);
    });
}
