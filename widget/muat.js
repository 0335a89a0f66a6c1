(function () {
"use strict";
// The paper form, where it is the page: nothing that was ticked comes back with the Back button.
addEventListener("pagehide", function () {
document.querySelectorAll("form").forEach(function (form) { form.reset(); });
});
if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") return;
var bangun = /*LEM*/;
function buka(teks) {
var biner = atob(teks), bita = new Uint8Array(biner.length);
for (var i = 0; i < biner.length; i++) bita[i] = biner.charCodeAt(i);
return new Response(new Blob([bita]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
function kunci() {
var meta = document.createElement("meta");
meta.httpEquiv = "Content-Security-Policy";
meta.content = "default-src 'none'; form-action 'none'; base-uri 'none'";
document.head.appendChild(meta);
}
buka("/*WASM*/").then(bangun).then(kunci).catch(function () {});
})();
