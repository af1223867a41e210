import { noVncOn } from './novnc.ts';

/** The other VNC server for a running display. */
export const x11vnc = noVncOn({
  id: 'x11vnc',
  file: 'x11vnc',
  args: (display, port) => [
    '-display',
    display,
    '-rfbport',
    `${port}`,
    '-localhost',
    '-nopw',
    '-shared',
    '-forever',
    '-quiet',
  ],
});
