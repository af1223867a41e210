import { PATHS, session } from '@porthole/protocol';
import { readArguments } from './arguments.ts';
import { Failure, UsageError } from './failure.ts';
import { HubClient } from './hubClient.ts';
import { agreesTo, askSecret, isTerminal, readPiped } from './people.ts';
import { findPins, fingerprintOf, isSameFingerprint, type Pin } from './pin.ts';
import { tokenPath, writeToken } from './tokenFile.ts';

const USAGE =
  'Use: porthole login --hub URL --user NAME [--password-stdin] [--fingerprint SHA256] [--token-file FILE].';

/** `porthole login`: pins the hub, signs in, and keeps both in the token file. Returns the exit status. */
export async function login(args: string[]): Promise<number> {
  const { values } = readArguments({
    args,
    options: {
      hub: { type: 'string' },
      user: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
      fingerprint: { type: 'string' },
      'token-file': { type: 'string' },
    },
  });
  if (values.user === undefined) throw new UsageError(`--user is missing. ${USAGE}`);
  const hub = originOf(values.hub);
  const pin = await choosePin(hub, values.fingerprint);
  const password = values['password-stdin'] ? await readPiped() : await typedPassword(values.user);
  const client = new HubClient(hub, pin);
  try {
    const { username } = await client.ask('POST', PATHS.session, session, {
      body: { username: values.user, password },
    });
    writeToken(tokenPath(values['token-file']), { hub, user: username, cookie: client.cookie, pin });
    process.stdout.write(`Signed in to ${hub} as ${username}.\n`);
    return 0;
  } finally {
    client.close();
  }
}

function originOf(text: string | undefined): string {
  const url = text === undefined ? null : URL.parse(text);
  if (url?.protocol !== 'https:') throw new UsageError(`--hub needs a URL such as https://hub.lan:7443. ${USAGE}`);
  return url.origin;
}

async function choosePin(hub: string, fingerprint: string | undefined): Promise<Pin> {
  const pins = await findPins(hub);
  if (fingerprint !== undefined) {
    const fitting = pins.find((pin) => isSameFingerprint(fingerprintOf(pin), fingerprint));
    if (!fitting) throw new Failure(`${hub} has another fingerprint than --fingerprint says; nobody was signed in.`);
    return fitting;
  }
  const [best] = pins;
  if (!best) throw new Failure(`${hub} shows no certificate.`);
  const what = best.kind === 'authority' ? 'certificate authority of the hub' : 'certificate of the hub';
  const told = `The ${what} has the SHA-256 fingerprint ${fingerprintOf(best)}.`;
  if (!isTerminal()) throw new UsageError(`${told} Compare it and give it as --fingerprint.`);
  if (!(await agreesTo(`${told}\nIs that right?`))) throw new Failure('Nobody was signed in.');
  return best;
}

async function typedPassword(user: string): Promise<string> {
  if (!isTerminal()) throw new UsageError('Without a terminal the password comes by --password-stdin.');
  return await askSecret(`Password of ${user}: `);
}
