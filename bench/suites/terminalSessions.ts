import { encodeToTerminal, PATHS } from '@porthole/protocol';
import { HubLink } from '../../packages/portal/src/base/link.ts';
import type { ApiClient } from '../../tests/support/apiClient.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { processTree } from '../../tests/support/processes.ts';
import { openPortalSocket } from '../../tests/support/wireViewer.ts';
import { PortholeServing } from '../contestants/porthole.ts';
import { memoryOf } from '../measure/memory.ts';
import { medianOf } from '../measure/statistics.ts';
import type { Figures, Suite } from './suite.ts';

const SESSIONS = 200;
const SIZE = { columns: 80, rows: 24 };

/** What sessions that nobody looks at cost the device beyond their shells. */
export const terminalSessions: Suite = {
  name: 'terminal-sessions',
  title: `Command line: memory of ${SESSIONS} sessions beyond their shells (MB)`,
  async run({ rounds, say }) {
    const runs: Figures[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`terminal-sessions: round ${round} of ${rounds}`);
      runs.push(await measure());
    }
    return [{ labels: ['Porthole'], figures: medianOf(runs) }];
  },
};

async function measure(): Promise<Figures> {
  await using serving = await PortholeServing.start('fake');
  using api = await serving.api();
  const device = await eventually('the device is there', async () => {
    const devices = await api.get<{ id: string; online: boolean }[]>(PATHS.devices);
    return devices.find(({ online }) => online)?.id;
  });
  const link = new HubLink({
    url: '',
    open: () => openPortalSocket(api) as unknown as WebSocket,
    events: { phase: () => undefined, message: () => undefined },
  });
  await eventually('the hub says welcome', () => link.viewer);
  await openSession(api, link, device);
  const ofAgent = () => memoryOf(serving.agent.pid) + memoryOf(ptyHostOf(serving.agent.pid));
  const before = ofAgent();
  for (let session = 1; session < SESSIONS; session += 1) await openSession(api, link, device);
  const grown = ofAgent() - before;
  link.close();
  return { 'with one': before, grown, 'each more': grown / (SESSIONS - 1) };
}

/** Begins a session, waits until it says something, and leaves it. */
async function openSession(api: ApiClient, link: HubLink, device: string): Promise<void> {
  const request = { feature: 'terminal', viewer: link.viewer };
  const { ticket } = await api.post<{ ticket: string }>(`${PATHS.devices}/${device}/tickets`, request);
  let messages = 0;
  const channel = link.openChannel({
    ticket,
    feature: 'terminal',
    params: { operation: 'open' },
    message: () => {
      messages += 1;
    },
  });
  await channel.opened;
  channel.send(encodeToTerminal({ type: 'ask', json: { size: SIZE } }));
  // The session, the screen, that it is ready, and the prompt.
  await eventually('the shell says something', () => messages > 3);
  channel.close();
}

function ptyHostOf(agent: number): number {
  const host = processTree(agent).find(({ command }) => command.includes('features/terminal/host'));
  if (!host) throw new Error('there is no process that holds the terminals');
  return host.pid;
}
