import { networkInterfaces } from 'node:os';
import { type DeviceFacts, macAddress } from '@porthole/protocol';

type Interface = DeviceFacts['interfaces'][number];

const MAX_INTERFACES = 64;
const MAX_ADDRESSES = 32;
const NO_MAC = '00:00:00:00:00:00';

/** All interfaces that have an address; none where the system keeps that to itself. */
export function ownInterfaces(): ReturnType<typeof networkInterfaces> {
  try {
    return networkInterfaces();
  } catch {
    return {};
  }
}

/** A text that is another one when an address came, went or changed. */
export function addressGlance(): string {
  const rows = Object.values(ownInterfaces()).flatMap((each = []) => each);
  return JSON.stringify(rows.map(({ cidr, mac }) => [cidr, mac]));
}

/** The interfaces of the machine with what they are called and reached by; `more` are such that have no address now. */
export function interfaceFacts(more: readonly { name: string; mac?: string | undefined }[] = []): Interface[] {
  const found = new Map<string, Interface>();
  for (const [name, rows = []] of Object.entries(ownInterfaces())) {
    const outer = rows.filter(({ internal }) => !internal);
    if (outer.length === 0) continue;
    const addresses = outer.flatMap(({ cidr }) => (cidr === null ? [] : [cidr.slice(0, 64)]));
    found.set(name, { ...named(name, outer[0]?.mac), addresses: addresses.slice(0, MAX_ADDRESSES) });
  }
  for (const { name, mac } of more) if (!found.has(name)) found.set(name, { ...named(name, mac), addresses: [] });
  return [...found.values()].slice(0, MAX_INTERFACES);
}

function named(name: string, mac: string | undefined): Omit<Interface, 'addresses'> {
  const known = macAddress.safeParse(mac?.toLowerCase());
  const isReal = known.success && known.data !== NO_MAC;
  return { name: name.slice(0, 256), ...(isReal ? { mac: known.data } : {}) };
}
