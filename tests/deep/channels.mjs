// The ways in which a page can send something out. A channel is either `html` to put into the page,
// or `send`, a function that runs inside it.
//
// In `html`, `{png}` stands for an address at the target that ends in ".png". `send` gets the target:
// `at('png')` makes such an address, `host` and `port` name it.
// `only` marks channels that browsers keep to one kind of target whatever the policy;
// `isShy` marks what browsers do for the page in front only;
// `asks` is a command of the DevTools protocol that makes the browser do what it else does later.

/**
 * Runs in the page: puts the elements into it, one by one, since the page may take no text for HTML.
 * Scripts among them run.
 */
export function add([html, addresses]) {
    const open = [document.createDocumentFragment()];
    const filled = html.replace(/\{(\w+)\}/g, (_, extension) => addresses[extension]);
    for (const [, end, tag, attributes, text] of filled.matchAll(/<(\/?)([\w]+)((?:\s+[\w-]+="[^"]*")*)\s*\/?>|([^<]+)/g)) {
        const [within] = open;
        if (text) within.append(text);
        else if (end) open.shift();
        else {
            const isDrawing = tag === 'svg' || within.namespaceURI === 'http://www.w3.org/2000/svg';
            const made = document.createElementNS(`http://www.w3.org/${isDrawing ? '2000/svg' : '1999/xhtml'}`, tag);
            for (const [, name, value] of attributes.matchAll(/([\w-]+)="([^"]*)"/g)) {
                made.setAttribute(name, value.replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
            }
            within.append(made);
            if (filled.includes(`</${tag}>`)) open.unshift(made);
        }
    }
    const place = /^<(link|meta|style|script)/.test(html) ? document.head : document.body;
    place.append(open.at(-1));
}

/** Every channel, each a mechanism of its own. */
export const CHANNELS = [
    { name: 'fetch', send: ({ at }) => { fetch(at('txt'), { mode: 'no-cors' }).catch(() => {}); } },
    {
        name: 'fetch, keepalive',
        send: ({ at }) => {
            fetch(at('txt'), { mode: 'no-cors', method: 'POST', body: 'x', keepalive: true }).catch(() => {});
        },
    },
    {
        name: 'XMLHttpRequest',
        send: ({ at }) => {
            const request = new XMLHttpRequest();
            request.open('GET', at('txt'));
            request.send();
        },
    },
    { name: 'sendBeacon', send: ({ at }) => { navigator.sendBeacon(at('txt'), 'x'); } },
    { name: 'WebSocket', send: ({ at }) => { new WebSocket(at('txt').replace('http', 'ws')); } },
    { name: 'EventSource', send: ({ at }) => { new EventSource(at('txt')); } },
    { name: 'image', send: ({ at }) => { new Image().src = at('png'); } },
    { name: 'image by srcset', html: '<img srcset="{png} 1x">' },
    { name: 'image button', html: '<input type="image" src="{png}">' },
    { name: 'CSS url, style element', html: '<style>html body { background: url({png}) }</style>' },
    { name: 'CSS @import, style element', html: '<style>@import url({css});</style>' },
    { name: 'CSS url, style attribute', html: '<p style="background: url({png}); display: block; height: 9px"></p>' },
    {
        name: 'CSS url, CSSOM',
        send: ({ at }) => { document.body.style.backgroundImage = `url(${at('png')})`; },
    },
    {
        name: 'CSS url, rule added to the page’s own sheet',
        send: ({ at }) => {
            const sheet = document.styleSheets[0]
                ?? document.head.appendChild(document.createElement('style')).sheet;
            sheet.insertRule(`html body { background-image: url(${at('png')}) !important }`);
        },
    },
    {
        name: 'CSS url, adopted sheet',
        send: ({ at }) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`html body { background-image: url(${at('png')}) !important }`);
            document.adoptedStyleSheets.push(sheet);
        },
    },
    { name: 'stylesheet', html: '<link rel="stylesheet" href="{css}">' },
    { name: 'font, @font-face', html: '<style>@font-face { font-family: f; src: url({woff2}) } html body { font-family: f }</style>' },
    {
        name: 'font, FontFace',
        send: ({ at }) => { new FontFace('g', `url(${at('woff2')})`).load().catch(() => {}); },
    },
    { name: 'script, classic', html: '<script src="{js}"></script>' },
    { name: 'script, module', html: '<script src="{js}" type="module"></script>' },
    { name: 'import()', send: ({ at }) => { import(at('js')).catch(() => {}); } },
    { name: 'frame', html: '<iframe src="{html}"></iframe>' },
    { name: 'frame with a picture in srcdoc', html: '<iframe srcdoc="&lt;img src={png}&gt;"></iframe>' },
    { name: 'object', html: '<object data="{html}" width="9" height="9"></object>' },
    { name: 'embed', html: '<embed src="{html}" width="9" height="9">' },
    { name: 'audio', html: '<audio src="{mp3}" preload="auto"></audio>' },
    { name: 'video', html: '<video src="{mp4}" preload="auto"></video>' },
    { name: 'video poster', html: '<video poster="{png}"></video>' },
    {
        name: 'track',
        send: ({ at }) => {
            const video = document.createElement('video');
            video.crossOrigin = 'anonymous';
            const track = document.createElement('track');
            track.default = true;
            track.src = at('vtt');
            video.append(track);
            document.body.append(video);
            track.track.mode = 'showing';
        },
    },
    { name: 'prefetch', html: '<link rel="prefetch" href="{html}">' },
    { name: 'preload', html: '<link rel="preload" as="image" href="{png}">' },
    { name: 'modulepreload', html: '<link rel="modulepreload" href="{js}">' },
    { name: 'icon', html: '<link rel="icon" href="{png}">' },
    { name: 'manifest', html: '<link rel="manifest" href="{json}">', asks: 'Page.getAppManifest' },
    { name: 'preconnect', html: '<link rel="preconnect" href="{html}">' },
    { name: 'dns-prefetch', html: '<link rel="dns-prefetch" href="{html}">', only: 'foreign' },
    {
        name: 'WebRTC (STUN)',
        send: ({ host, port }) => {
            // Where the page has given up the power, an empty frame brings it back.
            const frame = document.body.appendChild(document.createElement('iframe'));
            const Connection = window.RTCPeerConnection ?? frame.contentWindow.RTCPeerConnection;
            const connection = new Connection({ iceServers: [{ urls: `stun:${host}:${port}` }] });
            connection.createDataChannel('x');
            connection.createOffer().then((offer) => connection.setLocalDescription(offer)).catch(() => {});
        },
    },
    { name: 'worker', only: 'same', send: ({ at }) => { new Worker(at('js')); } },
    {
        name: 'worker from a blob',
        send: ({ at }) => {
            const code = `fetch(${JSON.stringify(at('txt'))}, { mode: 'no-cors' })`;
            new Worker(URL.createObjectURL(new Blob([code])));
        },
    },
    { name: 'shared worker', only: 'same', send: ({ at }) => { new SharedWorker(at('js')); } },
    {
        name: 'worklet',
        send: ({ at }) => { new AudioContext().audioWorklet.addModule(at('js')).catch(() => {}); },
    },
    {
        name: 'service worker',
        only: 'same',
        send: ({ at }) => { navigator.serviceWorker.register(at('js')).catch(() => {}); },
    },
    {
        name: 'ping of a link',
        send: ({ at }) => {
            const link = document.createElement('a');
            link.href = '#x';
            link.ping = at('txt');
            document.body.append(link);
            link.click();
        },
    },
    { name: 'speculation rules, prefetch', isShy: true, html: '<script type="speculationrules">{"prefetch":[{"source":"list","urls":["{html}"],"eagerness":"immediate"}]}</script>' },
    { name: 'speculation rules, prerender', isShy: true, html: '<script type="speculationrules">{"prerender":[{"source":"list","urls":["{html}"],"eagerness":"immediate"}]}</script>' },
    { name: 'SVG image', html: '<svg width="9" height="9"><image href="{png}" width="9" height="9"></image></svg>' },
    { name: 'SVG use', only: 'same', html: '<svg width="9" height="9"><use href="{svg}#a"/></svg>' },
    { name: 'SVG feImage', html: '<svg width="9" height="9"><filter id="f"><feImage href="{png}"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>' },
    {
        name: 'form',
        send: ({ at }) => {
            const form = document.createElement('form');
            Object.assign(form, { action: at('html'), method: 'post', target: '_blank' });
            document.body.append(form);
            form.submit();
        },
    },
    {
        name: 'window.open',
        send: ({ at }) => {
            const frame = document.body.appendChild(document.createElement('iframe'));
            for (const realm of [window, frame.contentWindow]) realm.open?.(at('html'));
        },
    },
    {
        name: 'download',
        send: ({ at }) => {
            const link = document.createElement('a');
            Object.assign(link, { href: at('bin'), download: 'x' });
            document.body.append(link);
            link.click();
        },
    },
    { name: 'meta refresh', html: '<meta http-equiv="refresh" content="0;url={html}">' },
    { name: 'navigation', send: ({ at }) => { location.href = at('html'); } },
];
