import { Socket } from 'node:net';
import { FramedPipe } from '../../../base/framedPipe.ts';
import { detectPrograms } from '../../../platform/detect.ts';
import type { FromPtyHost, ToPtyHost } from './hostMessages.ts';
import { PtyHost } from './ptyHost.ts';

/** The pty host. Descriptor 3 is the pipe to the agent; when it closes, every session ends, and so does this process. */
const stream = new Socket({ fd: 3 });
const pipe: FramedPipe<FromPtyHost, ToPtyHost> = new FramedPipe(stream, {
  control: (message) => host.control(message),
  data: (channel, _sync, bytes) => host.data(channel, bytes),
});
const host = new PtyHost({
  openPrograms: detectPrograms,
  send: (channel, bytes) => pipe.data(channel, false, bytes),
  report: (message) => pipe.control(message),
});
const leave = () => void host.close().finally(() => process.exit(0));
stream.on('close', leave);
stream.on('error', leave);
// Whoever ends the agent by a signal to all of its group means to end it, and it tells this process.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', leave);
