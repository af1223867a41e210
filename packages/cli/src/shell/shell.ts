import { device, PATHS, type TerminalEnd } from '@porthole/protocol';
import { statusOfCode, statusOfSignal } from '../exec/exitStatus.ts';
import { readArguments } from '../remote/arguments.ts';
import { Failure, UsageError } from '../remote/failure.ts';
import { findDevices } from '../remote/findDevices.ts';
import { HubClient } from '../remote/hubClient.ts';
import { readToken, tokenPath } from '../remote/tokenFile.ts';
import { LocalTerminal } from './localTerminal.ts';
import { ShellSession } from './shellSession.ts';

const USAGE = 'Use: porthole shell DEVICE [--session NAME] [--folder PATH] [--shell PATH].';
/** Signals that end a program; those of the keyboard are keys here. */
const ENDING = ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** `porthole shell`: a session of a device in this terminal. Returns the exit status of what ran in it. */
export async function shell(args: string[]): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      session: { type: 'string' },
      folder: { type: 'string' },
      shell: { type: 'string' },
      'token-file': { type: 'string' },
    },
  });
  if (positionals.length !== 1) throw new UsageError(`One device is needed. ${USAGE}`);
  const local = new LocalTerminal();
  const signed = readToken(tokenPath(values['token-file']));
  const client = new HubClient(signed.hub, signed.pin, signed.cookie);
  // The terminal is put back as the process ends.
  for (const signal of ENDING) process.once(signal, () => process.exit(statusOfSignal(signal)));
  try {
    const [found] = findDevices(positionals, await client.ask('GET', PATHS.devices, device.array()));
    if (!found) throw new UsageError(USAGE);
    const { session: name, folder, shell: program } = values;
    const session = new ShellSession({ signed, client, device: found.id, local, name, folder, shell: program });
    const outcome = await session.run();
    if (outcome.type === 'ended') return statusOfEnd(outcome.end);
    process.stderr.write(`\r\nThe session goes on; porthole shell ${found.name} --session ${outcome.session}\r\n`);
    return 0;
  } finally {
    local.restore();
    client.close();
  }
}

/** Throws `Failure` with a sentence when the session did not end by itself. */
function statusOfEnd({ reason, code, signal }: TerminalEnd): number {
  if (reason === 'closed') throw new Failure('Somebody ended the session.');
  if (reason === 'expired') throw new Failure('Nobody had looked at the session for too long, so it was ended.');
  if (reason === 'lost') throw new Failure('The program that held the session ended, and the session with it.');
  return signal === undefined ? statusOfCode(code ?? 0) : statusOfSignal(signal);
}
