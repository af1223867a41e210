import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { HubLink } from './hubLink.ts';

/** A port of this machine that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** A link to a hub that is away, on a clock of its own; `outage` lets one attempt fail. */
async function start(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let told = Promise.withResolvers<boolean>();
  const link = new HubLink({
    url: `https://127.0.0.1:${await closedPort()}`,
    hubKey: 'k'.repeat(43),
    identity: { id: 'd', publicKey: 'p'.repeat(43), sign: () => '' },
    introduction: () => assert.fail('nobody to introduce itself to'),
    events: {
      connected: () => assert.fail('nobody to connect to'),
      text: () => assert.fail('nobody speaks'),
      frame: () => assert.fail('nobody speaks'),
      lost: (_error, retry) => told.resolve(retry),
    },
  });
  const outage = async () => {
    assert.equal(await told.promise, true);
    told = Promise.withResolvers();
    // The link sets its timer after it has told of the loss.
    await new Promise((resolve) => setImmediate(resolve));
    t.mock.timers.tick(30_000);
  };
  return { link, outage };
}

const DATA = new Uint8Array(64 * 1024);

test('a day without the hub: it is called again and again, and nothing is kept for it', async (t) => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const { link, outage } = await start(t);
  const heap = async (attempts: number) => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      await outage();
      for (let n = 0; n < 10; n++) link.sendFrame(DATA);
      link.send({ type: 'bye' });
      assert.equal(link.buffered, 0);
    }
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  // At half a minute between attempts, as late as they come, a day has 2880 of them.
  const before = await heap(880);
  const grown = (await heap(2_000)) - before;
  assert.ok(grown < 4_000_000, `grown by ${grown} bytes`);
  assert.ok(process.getActiveResourcesInfo().length < 20);
  await link.close();
});

test('a closed link calls nobody any more, and closing again is harmless', async (t) => {
  const { link, outage } = await start(t);
  await outage();
  await link.close();
  await link.close();
  t.mock.timers.tick(300_000);
  link.send({ type: 'bye' });
  assert.deepEqual([link.connected, link.buffered], [false, 0]);
});
