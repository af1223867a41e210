const BROADCAST_PREFIX = 6;
const REPEATS = 16;

/** What wakes the network card of that address: six bytes of ones, then sixteen times the address. */
export function magicPacket(mac: string): Buffer {
  const address = Buffer.from(mac.replaceAll(':', ''), 'hex');
  return Buffer.concat([Buffer.alloc(BROADCAST_PREFIX, 0xff), ...Array<Buffer>(REPEATS).fill(address)]);
}
