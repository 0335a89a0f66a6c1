(function () {
"use strict";
var akar = document.documentElement, usang = document.getElementById("usang");
// Ways out that no policy in a page closes, and that nothing here needs. A fence, not a wall: the headers are.
["RTCPeerConnection", "webkitRTCPeerConnection", "open", "XSLTProcessor", "customElements"].forEach(function (nama) { delete window[nama]; });
["createElement", "createElementNS"].forEach(function (nama, letak) {
var asli = Document.prototype[nama];
Object.defineProperty(Document.prototype, nama, { value: function () {
if (/^(i?frame|object|embed)$/i.test(arguments[letak])) throw new Error(nama);
return asli.apply(this, arguments);
} });
});
// The paper form, where it is the page: nothing that was ticked comes back with the Back button.
addEventListener("pagehide", function () {
document.querySelectorAll("form").forEach(function (form) { form.reset(); });
});
// Out of sight, the page is covered, so that no list of open pages shows it.
document.addEventListener("visibilitychange", function () { akar.classList.toggle("tirai", document.hidden); });
// Whoever kept this page for a year is told that its contacts are old.
if (usang && Date.now() / 864e5 - usang.dataset.hari > 365) usang.hidden = false;
if (typeof WebAssembly !== "object") return;
var bangun = /*LEM*/;
function kunci() {
var meta = document.createElement("meta");
meta.httpEquiv = "Content-Security-Policy";
meta.content = "default-src 'none'; form-action 'none'; base-uri 'none'";
document.head.appendChild(meta);
}
// One character of the text is one byte; see `Text` in site/build.rs.
var tempat = "/*TEMPAT*/", isi = "/*ISI*/", teks = "/*WASM*/", arti = {}, bita = new Uint8Array(teks.length);
for (var i = 0; i < isi.length; i++) arti[tempat.charCodeAt(i)] = isi.charCodeAt(i);
for (i = 0; i < teks.length; i++) { var nomor = teks.charCodeAt(i); bita[i] = arti[nomor] || nomor; }
bangun(bita).then(kunci).catch(function () {});
})();
