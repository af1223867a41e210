import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { PortholeError } from '@porthole/protocol';

/** Addresses that lead nowhere but into the network of the hub: private, link-local, its own, and unique-local. */
const OWN = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  OWN.addSubnet(net, prefix, 'ipv4');
}
OWN.addAddress('::1', 'ipv6');
OWN.addSubnet('fc00::', 7, 'ipv6');
OWN.addSubnet('fe80::', 10, 'ipv6');

/** Whether an IP address belongs to the own network; an IPv4 address in the form of an IPv6 one counts as what it is. */
export function isOwnAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && OWN.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** How names become addresses; the system's way unless a test has its own. */
export type Resolve = (name: string) => Promise<string[]>;

export const resolveBySystem: Resolve = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/**
 * The address of the own network to connect to for a URL. Throws `webhook.outside` when its host has none, and what `resolve`
 * throws when its name is unknown.
 */
export async function ownAddressOf(url: URL, resolve: Resolve): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const own = addresses.find(isOwnAddress);
  if (own === undefined) throw new PortholeError('webhook.outside');
  return own;
}
