import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { exchangePlain, exchangeSecure } from '../testing/exchange.ts';
import { startTestHub } from '../testing/testHub.ts';

test('plain HTTP is answered with where to go, keeping the path', async (t) => {
  const { port } = await startTestHub(t);
  const answer = await exchangePlain(port, `GET /devices/x?y=1 HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 308 /);
  assert.match(answer, new RegExp(`\r\nlocation: https://localhost:${port}/devices/x\\?y=1\r\n`));
  assert.doesNotMatch(answer, /set-cookie/i);
});

test('plain HTTP does nothing else: no sign-in, no socket', async (t) => {
  const { port, hub } = await startTestHub(t);
  await hub.services.users.add({ username: 'ada', role: 'admin', password: 'ten letters', actor: 'test' });
  const body = '{"username":"ada","password":"ten letters"}';
  const head = `Host: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
  assert.match(await exchangePlain(port, `POST /api/session HTTP/1.1\r\n${head}\r\n\r\n${body}`), /^HTTP\/1\.1 308 /);
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
  const answer = await exchangePlain(port, `GET /ws/agent HTTP/1.1\r\nHost: localhost:${port}\r\n${upgrade}\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 308 /);
});

test('plain HTTP for another host is not sent anywhere', async (t) => {
  const { port } = await startTestHub(t);
  for (const host of ['Host: evil.test\r\n', `Host: localhost:${port}@evil.test\r\n`]) {
    const answer = await exchangePlain(port, `GET / HTTP/1.1\r\n${host}\r\n`);
    assert.match(answer, /^HTTP\/1\.1 421 /);
    assert.doesNotMatch(answer, /location/i);
  }
  const absolute = await exchangePlain(port, `GET http://evil.test/ HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  assert.match(absolute, new RegExp(`location: https://localhost:${port}/\r\n`));
});

test('noise of every kind costs only its own connection', async (t) => {
  const hub = await startTestHub(t);
  const { port, ca } = hub;
  for (const noise of [
    '\u0000',
    'SSH-2.0-x\r\n',
    Buffer.from([0x16]),
    Buffer.from([0x16, 3, 1, 0xff, 0xff, 0]),
    '\r\n\r\n\r\n',
  ]) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.end(noise);
    socket.resume();
    await once(socket, 'close');
  }
  const malformed = await exchangeSecure(port, ca, 'GET / HTTP/1.1\r\nHost: a\r\nHost : b\r\n\r\n');
  assert.match(malformed, /^HTTP\/1\.1 400 [\s\S]*"code":"request\.invalid"/);
  assert.equal((await hub.ask({ path: '/api/status' })).status, 200);
});

test('a TLS handshake that comes one byte at a time is served', async (t) => {
  const { port, ca } = await startTestHub(t);
  const { Duplex } = await import('node:stream');
  const { connect: tls } = await import('node:tls');
  const raw = connect(port, '127.0.0.1');
  const slow = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      for (const byte of chunk) raw.write(Buffer.from([byte]));
      done();
    },
  });
  raw.setNoDelay(true);
  raw.on('data', (chunk) => slow.push(chunk));
  raw.on('close', () => slow.push(null));
  const socket = tls({ socket: slow, servername: 'localhost', ca });
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
  });
  socket.write(`GET /api/status HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
  await once(socket, 'end');
  assert.match(answer, /^HTTP\/1\.1 200 /);
  raw.destroy();
});
