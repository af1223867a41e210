import type { ErrorCode, RunState } from '@porthole/protocol';

/** Whether a command can be handed to a device now; `connecting`: it is online, but that connection of it is not there yet. */
export type Presence = 'ready' | 'connecting' | 'offline' | 'removed';

export interface RunSituation {
  /** In the order of the run. */
  devices: Iterable<{ device: string; state: RunState }>;
  presence: (device: string) => Presence;
  /** Commands that may begin now, by the limit of the run and that of the hub. */
  room: number;
  now: number;
  createdAt: number;
  deadline: number;
}

export interface RunSteps {
  start: string[];
  /** They are to be shown as waiting for the device. */
  wait: string[];
  /** They are to be shown as waiting for their turn. */
  queue: string[];
  fail: { device: string; error: ErrorCode }[];
}

/** A device that is about to be there is waited for that long, in ms, though nobody waits for those that are offline. */
export const CONNECTING_MS = 10_000;

/** What a run does next. */
export function nextSteps({ devices, presence, room, now, createdAt, deadline }: RunSituation): RunSteps {
  const steps: RunSteps = { start: [], wait: [], queue: [], fail: [] };
  for (const { device, state } of devices) {
    if (state !== 'queued' && state !== 'waiting') continue;
    const is = presence(device);
    const until = is === 'connecting' ? Math.max(deadline, createdAt + CONNECTING_MS) : deadline;
    if (is === 'removed') steps.fail.push({ device, error: 'device.removed' });
    else if (is === 'ready' && steps.start.length < room) steps.start.push(device);
    else if (is === 'ready') steps.queue.push(device);
    else if (now < until) steps.wait.push(device);
    else steps.fail.push({ device, error: deadline > createdAt ? 'run.expired' : 'device.offline' });
  }
  return steps;
}
