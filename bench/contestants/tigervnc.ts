import { noVncOn } from './novnc.ts';

/** What people on Debian use today: TigerVNC for a running display, websockify, and noVNC in the browser. */
export const tigervnc = noVncOn({
  id: 'tigervnc',
  file: 'X0tigervnc',
  args: (display, port) => ['-display', display, '-rfbport', `${port}`, '-localhost', '-SecurityTypes', 'None'],
});
