import { openX11Input } from '../../../packages/agent/src/features/input/backends/x11.ts';

// A process to be killed: holds a key and a button down and types what no layout has, says so, and stays.
const [, , display = ''] = process.argv;
const sink = await openX11Input(display);
sink.text('漢字');
sink.key(true, 0x61, 'KeyA');
sink.button(0, true);
setTimeout(() => process.stdout.write('typed\n'), 300);
await sink.closed;
