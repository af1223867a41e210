import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { startXvfb } from '../../../../../tests/support/x11/xvfb.ts';
import { XConnection } from './connection.ts';

test('a display that is not there is one clear sentence', async () => {
  await assert.rejects(XConnection.open(':4242'), (error: unknown) => {
    assert.ok(error instanceof PortholeError);
    assert.equal(error.code, 'display.missing');
    assert.equal(error.message, 'Cannot open the display :4242: no X server runs there.');
    return true;
  });
});

test('a name that is no display is refused', async () => {
  for (const name of ['nonsense', '', ':x', '0']) {
    await assert.rejects(XConnection.open(name), { code: 'display.missing' });
  }
});

test('a server that hangs up at once, or talks rubbish, is refused', async () => {
  const server = createServer((socket) => socket.on('error', () => socket.destroy()).end('HTTP/1.1 400 Bad\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  await assert.rejects(XConnection.open(`127.0.0.1:${address.port - 6000}`), { code: 'display.missing' });
  server.close();
});

test('everything that waits is rejected when the display dies, and nothing is thrown', async () => {
  const server = await startXvfb();
  const connection = await XConnection.open(server.display);
  process.kill(server.pid, 'SIGSTOP');
  const waiting = connection.sync();
  const refused = assert.rejects(waiting, { code: 'display.lost' });
  await server.kill();
  await refused;
  assert.match(await connection.closed, /display/);
  await assert.rejects(connection.sync(), { code: 'display.lost' });
  connection.close();
  connection.close();
});

test('a refused request rejects alone, and the connection lives on', async () => {
  const server = await startXvfb();
  const connection = await XConnection.open(server.display);
  try {
    const bad = connection.ask((reply) => connection.client.GetGeometry(0x7fff_ffff, reply));
    await assert.rejects(bad, /drawable/i);
    connection.client.MapWindow(0x7fff_ffff);
    await connection.sync();
    assert.equal(connection.ended, false);
  } finally {
    connection.close();
    await server.close();
  }
});

test('every display has atoms of its own', async () => {
  const servers = await Promise.all([startXvfb(), startXvfb()]);
  const [one, two] = await Promise.all(servers.map(({ display }) => XConnection.open(display)));
  assert.ok(one && two);
  await one.atom('ONLY_HERE');
  const [first, second] = [await one.atom('PORTHOLE_TEST'), await two.atom('PORTHOLE_TEST')];
  assert.notEqual(first, second);
  assert.deepEqual([await one.atomName(first), await two.atomName(second)], ['PORTHOLE_TEST', 'PORTHOLE_TEST']);
  one.close();
  two.close();
  await Promise.all(servers.map((server) => server.close()));
});
