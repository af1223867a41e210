import { Socket } from 'node:net';
import { FramedPipe } from '../../../base/framedPipe.ts';
import { detectPlatform } from '../../../platform/detect.ts';
import type { FromScreenHost, ToScreenHost } from './hostMessages.ts';
import { ScreenHost } from './screenHost.ts';

/** The screen process. Descriptor 3 is the pipe to the agent; when it closes, so does this process. */
const [displayArgument] = process.argv.slice(2);
const { openScreen, display } = detectPlatform(displayArgument || undefined);
const stream = new Socket({ fd: 3 });
const pipe: FramedPipe<FromScreenHost, ToScreenHost> = new FramedPipe(stream, {
  control: (message) => host.control(message),
  data: (channel, _sync, bytes) => host.data(channel, bytes),
});
const host = new ScreenHost({
  open: openScreen,
  display,
  send: (target, sync, bytes) => pipe.data(target, sync, bytes),
  report: (message) => pipe.control(message),
});
stream.on('close', () => process.exit(0));
stream.on('error', () => process.exit(0));
