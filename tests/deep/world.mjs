// The closed world: a network namespace of its own in which every address on earth is this machine
// (`run` makes it). Whatever a browser in it sends, and to whomever, arrives here and is counted.

import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** Whether this process stands in the closed world. */
export const isClosed = process.env.BERSINAR_WORLD === 'closed';

/** What every name leads to: an address for documentation (RFC 5737), here this machine. */
const EVERYWHERE = '203.0.113.80';
const DNS_PORT = 53;
const TYPE_A = 1;

/** All packets that were sent in the closed world so far, and how many of them by TCP and UDP. */
export function packets() {
    const counters = (file) => {
        const table = {};
        for (const line of readFileSync(file, 'utf8').split('\n')) {
            const [name, ...values] = line.trim().split(/\s+/);
            table[name] = [...(table[name] ?? []), values];
        }
        return table;
    };
    const devices = Object.entries(counters('/proc/net/dev')).filter(([name]) => name.endsWith(':'));
    const snmp = counters('/proc/net/snmp');
    const six = counters('/proc/net/snmp6');
    const four = (protocol, field) => {
        const [names, values] = snmp[protocol];
        return Number(values[names.indexOf(field)]);
    };
    return {
        all: devices.reduce((sum, [, [device]]) => sum + Number(device[9]), 0),
        tcp: four('Tcp:', 'OutSegs'),
        udp: four('Udp:', 'OutDatagrams') + Number(six.Udp6OutDatagrams[0][0]),
    };
}

/** What was sent between two counts. */
export function between(earlier, later) {
    return Object.fromEntries(Object.entries(later).map(([kind, count]) => [kind, count - earlier[kind]]));
}

/** Answers every look-up with one address and remembers the names. */
export async function serveNames() {
    const lookups = [];
    const socket = createSocket('udp4');
    socket.on('message', (question, { port, address }) => {
        const { name, type, end } = readQuestion(question);
        lookups.push(name);
        socket.send(answerTo(question, type, end), port, address);
    });
    await new Promise((resolve, reject) => {
        socket.once('error', reject);
        socket.bind(DNS_PORT, '0.0.0.0', resolve);
    });
    socket.unref();
    return { lookups, close: () => socket.close() };
}

function readQuestion(message) {
    const labels = [];
    let at = 12;
    while (message[at] > 0) {
        labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
        at += 1 + message[at];
    }
    return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(question, type, end) {
    const header = Buffer.from(question.subarray(0, 12));
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(type === TYPE_A ? 1 : 0, 6);
    header.writeUInt32BE(0, 8);
    const asked = question.subarray(12, end);
    if (type !== TYPE_A) return Buffer.concat([header, asked]);
    const record = Buffer.from([0xc0, 12, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4]);
    return Buffer.concat([header, asked, record, Buffer.from(EVERYWHERE.split('.').map(Number))]);
}

const TYPES = {
    bin: 'application/octet-stream', css: 'text/css', html: 'text/html', js: 'text/javascript',
    json: 'application/manifest+json', mp3: 'audio/mpeg', mp4: 'video/mp4', png: 'image/png',
    svg: 'image/svg+xml', txt: 'text/plain', vtt: 'text/vtt', woff2: 'font/woff2',
};
const BODIES = {
    html: '<!doctype html><title>x</title>',
    json: '{"name":"x"}',
    svg: '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/></svg>',
    vtt: 'WEBVTT\n\n',
};
/** Where channels send to: a page that the screening may lead to, with something to tell it. */
const TRAP = '/darurat/?perangkap.';

/** The address of the trap at `origin` that ends in `extension`. */
export const trapAt = (origin, extension) => `${origin}${TRAP}${extension}`;

/**
 * A server that lets everything in and notes it: requests to the trap, new connections, datagrams on
 * the same port. `page`
 * answers other requests at an origin: `{ headers, body }`.
 */
export async function serveTrap({ page } = {}) {
    const seen = [];
    const server = createServer((request, response) => {
        if (!request.url.startsWith(TRAP)) {
            if (!page) return response.writeHead(404).end();
            const { headers, body } = page(`http://${request.headers.host}`);
            return response.writeHead(200, headers).end(body);
        }
        seen.push(`${request.method} request`);
        const extension = request.url.split('.').pop();
        return response.writeHead(200, {
            'content-type': TYPES[extension] ?? TYPES.txt,
            'access-control-allow-origin': request.headers.origin ?? '*',
            'access-control-allow-credentials': 'true',
            'cross-origin-resource-policy': 'cross-origin',
        }).end(BODIES[extension] ?? '');
    });
    server.on('upgrade', (request, socket) => {
        seen.push('upgrade request');
        socket.destroy();
    });
    server.on('connection', () => seen.push('connection'));
    await new Promise((resolve) => server.listen(0, '0.0.0.0', resolve));
    const { port } = server.address();
    const datagrams = createSocket('udp4', () => seen.push('datagram'));
    await new Promise((resolve) => datagrams.bind(port, '0.0.0.0', resolve));
    return {
        port,
        seen,
        async close() {
            datagrams.close();
            server.closeAllConnections();
            await new Promise((resolve) => server.close(resolve));
        },
    };
}

/** Fails outside the closed world, where nothing could be said about the network. */
export function assertClosed() {
    assert.ok(isClosed, 'this needs the closed world: start it by tests/deep/run');
}
