import { createSocket } from 'node:dgram';

/** A program of its own: says `ready`, then one line for each packet that arrives at the ports where machines are woken: `family port hex`. */
let bound = 0;
for (const type of ['udp4', 'udp6'] as const) {
  for (const port of [7, 9]) {
    const socket = createSocket({ type, ipv6Only: type === 'udp6' });
    socket.on('message', (bytes) => process.stdout.write(`${type} ${port} ${bytes.toString('hex')}\n`));
    socket.bind(port, () => {
      bound++;
      if (bound === 4) process.stdout.write('ready\n');
    });
  }
}
