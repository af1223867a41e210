import { createSocket } from 'node:dgram';
import { isIPv4 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { magicPacket } from './magicPacket.ts';

/** Where magic packets are listened for. */
const PORTS = [9, 7];

/** Sends magic packets into every network that this machine is in. True when one left it. */
export async function broadcast(macs: readonly string[]): Promise<boolean> {
  const packets = macs.map(magicPacket);
  const sends = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.flatMap((address) => {
      const target = targetOf(name, address);
      return target ? [sendAll(packets, { from: address.address, ...target })] : [];
    }),
  );
  return (await Promise.all(sends)).includes(true);
}

interface Target {
  type: 'udp4' | 'udp6';
  to: string;
}

/** To whom to send so that everybody in the network of this address hears it; undefined where that cannot be. */
export function targetOf(name: string, info: NetworkInterfaceInfo): Target | undefined {
  if (info.internal) return undefined;
  if (isIPv4(info.address)) return { type: 'udp4', to: lastAddress(info.address, info.netmask) };
  // One address of each interface is enough, and this one every interface has.
  return info.address.startsWith('fe80:') ? { type: 'udp6', to: `ff02::1%${name}` } : undefined;
}

/** The last address of a network is that of all. */
function lastAddress(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  return address
    .split('.')
    .map((part, index) => Number(part) | (~(mask[index] ?? 255) & 255))
    .join('.');
}

/** Never rejects: an interface that is just going away is none to send by. */
function sendAll(packets: readonly Uint8Array[], { type, to, from }: Target & { from: string }): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createSocket(type);
  const finish = (isSent: boolean) => {
    socket.close();
    resolve(isSent);
  };
  socket.once('error', () => finish(false));
  const bound = type === 'udp4' ? { address: from } : {};
  socket.bind(bound, () => {
    if (type === 'udp4') socket.setBroadcast(true);
    const sends = packets.flatMap((packet) => PORTS.map((port) => send(socket, packet, { port, to })));
    void Promise.all(sends).then((sent) => finish(sent.includes(true)));
  });
  return promise;
}

function send(
  socket: ReturnType<typeof createSocket>,
  packet: Uint8Array,
  { port, to }: { port: number; to: string },
): Promise<boolean> {
  return new Promise((resolve) => socket.send(packet, port, to, (error) => resolve(error === null)));
}
