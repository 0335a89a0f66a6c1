// The quick exit of every page: cover, neutral title, another page in the place of this one.
// A click on #keluar does it, whoever makes it; so does Shift, three times within two seconds, unless
// the button #pintas-tombol is switched off or the focus is where one types or chooses.
(function () {
var akar = document.documentElement, judul = document.title, kali = [];
var pintas = document.getElementById('pintas'), tombol = document.getElementById('pintas-tombol');
var mengisi = 'select,textarea,[contenteditable],input:not([type=radio]):not([type=checkbox])';
if (pintas) pintas.hidden = false;
function lupa() { kali = []; }
addEventListener('click', function (e) {
var a = e.target.closest('#keluar');
if (a) {
e.preventDefault();
akar.classList.add('tertutup');
document.title = a.dataset.judul || '';
location.replace(a.href);
} else if (tombol && tombol.contains(e.target)) {
tombol.setAttribute('aria-pressed', tombol.getAttribute('aria-pressed') !== 'true');
}
});
addEventListener('pointerdown', lupa);
addEventListener('keydown', function (e) {
if (e.repeat && e.key === 'Shift') return;
if (e.key !== 'Shift' || e.ctrlKey || e.altKey || e.metaKey || e.target.closest(mengisi)) return lupa();
if (tombol && tombol.getAttribute('aria-pressed') !== 'true') return;
kali.push(e.timeStamp);
kali = kali.filter(function (saat) { return e.timeStamp - saat < 2000; });
if (kali.length > 2) document.getElementById('keluar').click();
});
// A copy that the browser kept comes back uncovered, after whoever else wipes it.
addEventListener('pageshow', function (e) {
if (e.persisted) setTimeout(function () {
if (!akar.classList.contains('tertutup')) return;
akar.classList.remove('tertutup');
document.title = judul;
});
});
})();
