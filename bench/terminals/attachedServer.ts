import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { spawn } from '@lydell/node-pty';
import { type WebSocket, WebSocketServer } from 'ws';
import { ROOT } from '../../scripts/lib/install.mjs';

const MODULES = join(ROOT, 'node_modules', '@xterm');
const HERE = join(ROOT, 'bench', 'terminals');
/** What a browser may ask for: nothing else is there. */
const FILES: Record<string, { type: string; file: string }> = {
  '/': { type: 'text/html; charset=utf-8', file: join(HERE, 'attached.html') },
  '/xterm.css': { type: 'text/css', file: join(MODULES, 'xterm/css/xterm.css') },
  '/xterm.mjs': { type: 'text/javascript', file: join(MODULES, 'xterm/lib/xterm.mjs') },
  '/fit.mjs': { type: 'text/javascript', file: join(MODULES, 'addon-fit/lib/addon-fit.mjs') },
  '/webgl.mjs': { type: 'text/javascript', file: join(MODULES, 'addon-webgl/lib/addon-webgl.mjs') },
  '/graphemes.mjs': {
    type: 'text/javascript',
    file: join(MODULES, 'addon-unicode-graphemes/lib/addon-unicode-graphemes.mjs'),
  },
};

/** Serves a shell on a port of 127.0.0.1 to whoever asks, so for measuring alone. */
function main(port: number): void {
  const server = createServer((request, response) => {
    const found = FILES[request.url ?? ''];
    if (found) response.writeHead(200, { 'content-type': found.type }).end(readFileSync(found.file));
    else response.writeHead(404).end();
  });
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', attach);
  server.listen(port, '127.0.0.1', () => stdout.write('ready\n'));
}

function attach(socket: WebSocket): void {
  const env = { HOME: userInfo().homedir, PATH: process.env.PATH ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const pty = spawn('/bin/sh', [], { cols: 80, rows: 24, env, encoding: null });
  // Without an encoding the pty gives bytes, whatever its types say.
  pty.onData((data: unknown) => socket.send(data as Uint8Array));
  pty.onExit(() => socket.close());
  socket.on('message', (data, isBinary) => {
    const text = String(data);
    if (isBinary) pty.write(text);
    else if (text === 'pause') pty.pause();
    else if (text === 'resume') pty.resume();
    else {
      const [columns = 80, rows = 24] = text.split('x').map(Number);
      pty.resize(columns, rows);
    }
  });
  socket.on('close', () => pty.kill());
}

main(Number(argv[2]));
