import type { Device } from '@porthole/protocol';
import { UsageError } from './failure.ts';

/**
 * The devices that were meant, by id or name, each once. Throws `UsageError` for a name that no device has, or several.
 */
export function findDevices(named: readonly string[], devices: readonly Device[]): Device[] {
  return [...new Set(named.map((name) => findDevice(name, devices)))];
}

function findDevice(name: string, devices: readonly Device[]): Device {
  const byId = devices.find(({ id }) => id === name);
  if (byId) return byId;
  const plain = name.toLowerCase();
  const exact = devices.filter((device) => device.name === name);
  const found = exact.length > 0 ? exact : devices.filter((device) => device.name.toLowerCase() === plain);
  const [first, second] = found;
  if (first && !second) return first;
  if (!first) throw new UsageError(`There is no device '${name}'.`);
  const ids = found.map(({ id }) => id).join(', ');
  throw new UsageError(`Several devices are called '${name}'; use one of the ids ${ids}.`);
}
