import { randomBytes } from 'node:crypto';
import { PortholeError, type WakeResult } from '@porthole/protocol';
import type { Audit } from '../../../audit/audit.ts';
import { allows, type Subject } from '../../../base/access.ts';
import type { DeviceDirectory } from '../../../devices/directory.ts';
import type { LiveDevice } from '../../../devices/liveDevice.ts';
import { wakeMacs } from '../../../devices/wakeMacs.ts';
import { powerCall } from '../powerCall.ts';
import { broadcast } from './broadcast.ts';
import { sharesSubnet } from './subnets.ts';

export interface WakeParts {
  directory: DeviceDirectory;
  audit: Audit;
  /** Sends magic packets from the machine of the hub; true when one left it. */
  broadcast?: (macs: readonly string[]) => Promise<boolean>;
}

/** Hardware addresses that are called, and devices that help, at most. */
const MAX_MACS = 8;
const MAX_HELPERS = 16;

/**
 * Sends magic packets for a device that is offline: from the hub, and from the devices that were in the same network, as far as
 * the user may have them do something. Throws `device.online`, `wake.no-address`.
 */
export async function wake(parts: WakeParts, subject: Subject, id: string): Promise<WakeResult> {
  const { directory, audit } = parts;
  const device = directory.get(id);
  if (device.online) throw new PortholeError('device.online');
  const macs = wakeMacs(device.facts).slice(0, MAX_MACS);
  if (macs.length === 0) throw new PortholeError('wake.no-address');
  audit.append({ actor: subject.username, action: 'power.wake', target: id });
  const helpers = helpersOf(directory, subject, device);
  const send = parts.broadcast ?? broadcast;
  const [hub, ...sent] = await Promise.all([send(macs), ...helpers.map((helper) => callAll(helper, macs, subject))]);
  return { hub: hub === true, devices: sent.filter((isSent) => isSent).length };
}

/** Devices that are awake, in a network of the sleeping one, and the user's to command. */
function helpersOf(directory: DeviceDirectory, subject: Subject, sleeping: LiveDevice): LiveDevice[] {
  const awake = directory.ids.map((id) => directory.get(id)).filter(({ online, toggles }) => online && toggles.power);
  return awake
    .filter(({ id, facts }) => allows(subject, id, 'power') && sharesSubnet(sleeping.facts, facts))
    .slice(0, MAX_HELPERS);
}

/** True when the device sent for one of the addresses at least. */
async function callAll({ interactive }: LiveDevice, macs: readonly string[], subject: Subject): Promise<boolean> {
  if (!interactive) return false;
  const calls = macs.map((mac) => {
    const id = randomBytes(16).toString('base64url');
    return powerCall(interactive, { id, action: 'wake', mac }, subject.username);
  });
  return (await Promise.allSettled(calls)).some(({ status }) => status === 'fulfilled');
}
