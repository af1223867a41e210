import { setTimeout as sleep } from 'node:timers/promises';
import type { SendingSettings } from '@porthole/protocol';
import { startAgent } from '../../tests/support/agent.ts';
import { CountedLink } from '../../tests/support/countedLink.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { freePort } from '../../tests/support/freePort.ts';
import { deviceOf, House } from '../../tests/wire/house.ts';
import type { WirePortal } from '../../tests/wire/wirePortal.ts';
import { cpuSeconds, totalOf } from '../measure/cpu.ts';
import { memoryOf } from '../measure/memory.ts';
import { medianOf } from '../measure/statistics.ts';
import type { Figures, Suite } from './suite.ts';

const SETTLE_MS = 4_000;
const MEASURE_MS = 20_000;
/** Long enough for one sample of the record. */
const RECORD_MS = 60_000;
const LIVE_MS = 1_000;

/** What it costs a device to know how it is: while nobody looks, and while somebody looks at everything. */
export const health: Suite = {
  name: 'health',
  title: 'Health of a device (CPU of the agent in % of one core, both ways on the wire in bytes/s)',
  async run({ rounds, say }) {
    const runs: Figures[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`health: round ${round} of ${rounds}`);
      runs.push(await measure());
    }
    return Object.entries(medianOf(runs)).map(([what, value]) => ({ labels: [what], figures: { value } }));
  },
};

async function measure(): Promise<Figures> {
  const port = await freePort();
  await using link = await CountedLink.open(port);
  const urls = [`https://localhost:${port}`, `https://localhost:${link.port}`];
  const house = await House.start({ listen: `127.0.0.1:${port}`, args: urls.flatMap((url) => ['--public-url', url]) });
  try {
    const { hub } = house;
    // The same hub, by the way on which bytes are counted.
    const counted = Object.create(hub, { url: { value: urls[1] } }) as typeof hub;
    const agent = house.keep(await startAgent({ hub: counted, display: 'fake', name: 'device' }));
    const portal = await house.portal();
    const cost = (name: string, ms = MEASURE_MS) => costOf(name, { pid: agent.pid, link, ms });
    const unseen = await cost('nobody looks, recorded each minute', RECORD_MS);
    await record(portal, 0);
    const silent = await cost('nobody looks, nothing recorded');
    await record(portal, 60_000);
    await lookAtEverything(portal);
    const seen = await cost('health and processes each second');
    return { ...unseen, ...silent, ...seen, 'agent MB': memoryOf(agent.pid) };
  } finally {
    await house.close();
  }
}

interface Measured {
  pid: number;
  link: CountedLink;
  ms: number;
}

async function costOf(name: string, { pid, link, ms }: Measured): Promise<Figures> {
  await sleep(SETTLE_MS);
  const before = cpuSeconds({ agent: pid });
  const bytes = await link.rate(ms);
  const seconds = totalOf(cpuSeconds({ agent: pid })) - totalOf(before);
  return { [`${name}: CPU %`]: (seconds / ms) * 100_000, [`${name}: bytes/s`]: bytes };
}

async function deviceId(portal: WirePortal): Promise<string> {
  return eventually('the device is there', async () => (await deviceOf(portal.api, 'device'))?.id);
}

async function record(portal: WirePortal, recordMs: number): Promise<void> {
  const device = await eventually('the device is there', () => deviceOf(portal.api, 'device'));
  const body: SendingSettings = { ...device.sending.settings, recordMs };
  await portal.api.request('PUT', `/api/devices/${device.id}/settings/sending`, { body });
}

async function lookAtEverything(portal: WirePortal): Promise<void> {
  const id = await deviceId(portal);
  for (const operation of ['health', 'processes']) {
    await portal.open(id, 'stats', { operation, intervalMs: LIVE_MS });
  }
}
