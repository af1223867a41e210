import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { PortholeError } from '@porthole/protocol';
import { magicPacket } from './magicPacket.ts';

/** Nobody listens there, which is why everybody uses them: discard, and echo for cards that want that. */
const PORTS = [9, 7];
const EVERYBODY_4 = '255.255.255.255';
const ALL_NODES_6 = 'ff02::1';

/** One way out of the machine. */
interface Way {
  type: 'udp4' | 'udp6';
  /** Own address to send from. */
  from: string;
  to: string[];
}

/** Sends the packet out of every interface that has an address. Rejects with `power.failed` when it leaves by none. */
export async function wake(mac: string): Promise<void> {
  const packet = magicPacket(mac);
  const sent = await Promise.all(waysOut(networkInterfaces()).map((way) => send(packet, way)));
  if (!sent.includes(true)) throw new PortholeError('power.failed');
}

/** All interfaces of a machine: broadcast to everybody on the link and to everybody of the network, and all nodes of IPv6. */
export function waysOut(interfaces: ReturnType<typeof networkInterfaces>): Way[] {
  return Object.entries(interfaces).flatMap(([name, rows = []]) =>
    rows.flatMap((row): Way[] => {
      if (row.internal) return [];
      if (row.family === 'IPv4') {
        const to = [...new Set([EVERYBODY_4, broadcastOf(row.address, row.netmask)])];
        return [{ type: 'udp4', from: row.address, to }];
      }
      const isLinkLocal = row.address.startsWith('fe80:');
      return isLinkLocal ? [{ type: 'udp6', from: `${row.address}%${name}`, to: [`${ALL_NODES_6}%${name}`] }] : [];
    }),
  );
}

function broadcastOf(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  const bytes = address.split('.').map((byte, at) => (Number(byte) | (~(mask[at] ?? 255) & 0xff)) & 0xff);
  return bytes.join('.');
}

/** True when it left to one of them at least. */
async function send(packet: Buffer, { type, from, to }: Way): Promise<boolean> {
  const socket = createSocket(type);
  try {
    await bind(socket, from);
    if (type === 'udp4') socket.setBroadcast(true);
    const sent = await Promise.all(to.flatMap((target) => PORTS.map((port) => sendTo(socket, packet, target, port))));
    return sent.includes(true);
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

function bind(socket: Socket, address: string): Promise<void> {
  const bound = Promise.withResolvers<void>();
  socket.once('error', bound.reject);
  socket.bind({ port: 0, address }, () => bound.resolve());
  return bound.promise;
}

function sendTo(socket: Socket, packet: Buffer, address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => socket.send(packet, port, address, (error) => resolve(!error)));
}
