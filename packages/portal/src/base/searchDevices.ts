import type { DeviceSummary } from './devicesStore.ts';

/**
 * The devices that match every word of the query. `online` and `offline` choose by state; any other word must occur in
 * the name, the host name or the system. An empty query matches all.
 */
export function searchDevices(devices: readonly DeviceSummary[], query: string): readonly DeviceSummary[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return devices;
  return devices.filter((device) => words.every((word) => matches(device, word)));
}

function matches(device: DeviceSummary, word: string): boolean {
  if (word === 'online') return device.online;
  if (word === 'offline') return !device.online;
  return [device.name, device.hostname, device.system].some((text) => fold(text).includes(word));
}

/** Lower case without accents, so that `cafe` finds `Café`. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
