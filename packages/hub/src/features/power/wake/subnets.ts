import { BlockList, isIP } from 'node:net';
import type { DeviceFacts } from '@porthole/protocol';
import { isMadeInterface } from '../../../devices/wakeMacs.ts';

/** An address of a device, as `192.168.1.7/24` tells it. */
interface Place {
  address: string;
  prefix: number;
  family: 'ipv4' | 'ipv6';
}

/** Addresses that say something of where a device is: those of its real interfaces, but none that every network has. */
function placesOf(facts: DeviceFacts | null): Place[] {
  const texts = (facts?.interfaces ?? []).flatMap(({ name, addresses }) => (isMadeInterface(name) ? [] : addresses));
  return texts.flatMap((text) => {
    const [address = '', bits = ''] = text.split('/');
    const version = isIP(address);
    const prefix = Number(bits);
    const isUsual = /^(?:127\.|169\.254\.|fe80:|::1$)/i.test(address);
    if (version === 0 || isUsual || !/^\d{1,3}$/.test(bits) || prefix < 1 || prefix > (version === 4 ? 32 : 128))
      return [];
    return [{ address, prefix, family: version === 4 ? ('ipv4' as const) : ('ipv6' as const) }];
  });
}

/** Whether two devices were in the same network when they last told their addresses. */
export function sharesSubnet(one: DeviceFacts | null, other: DeviceFacts | null): boolean {
  const nets = new BlockList();
  for (const { address, prefix, family } of placesOf(one)) nets.addSubnet(address, prefix, family);
  return placesOf(other).some(({ address, family }) => nets.check(address, family));
}
