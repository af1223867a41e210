import { loadHubIdentity } from '../base/identity.ts';
import { Tokens } from '../devices/tokens.ts';
import { onDataFolder } from './offline.ts';
import { parseDuration, parseUses, readArguments, required, UsageError } from './options.ts';

/** `porthole token create`: prints the token alone. Returns the exit status. */
export async function runToken(args: string[]): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      ttl: { type: 'string', default: '10m' },
      uses: { type: 'string', default: '1' },
      data: { type: 'string' },
    },
  });
  if (positionals.join(' ') !== 'create') throw new UsageError('Use: token create [--ttl 10m] [--uses 1] --data DIR.');
  const wish = { ttlMs: parseDuration(values.ttl), uses: parseUses(values.uses), createdBy: 'command line' };
  const token = await onDataFolder(required(values.data, '--data DIR'), ({ dataDir, db, audit }) => {
    const hubKey = loadHubIdentity(dataDir).publicKey;
    return new Tokens({ db, audit, hubKey }).create(wish).token;
  });
  process.stdout.write(`${token}\n`);
  return 0;
}
