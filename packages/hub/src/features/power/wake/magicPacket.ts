/** What wakes the machine with that hardware address (`aa:bb:cc:dd:ee:ff`): six times ff, and sixteen times the address. */
export function magicPacket(mac: string): Uint8Array {
  const address = Buffer.from(mac.replaceAll(':', ''), 'hex');
  return Buffer.concat([Buffer.alloc(6, 0xff), ...new Array<Uint8Array>(16).fill(address)]);
}
