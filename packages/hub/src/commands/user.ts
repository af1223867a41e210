import { PortholeError, ROLES, type Role } from '@porthole/protocol';
import { Failure } from '../base/failure.ts';
import { Users } from '../users/users.ts';
import { onDataFolder } from './offline.ts';
import { readArguments, required, UsageError } from './options.ts';

const ACTOR = 'command line';
/** Far beyond any password; stops reading when something else was piped in. */
const MAX_INPUT = 8192;
const USAGE = 'Use: user add NAME --role admin|operator|viewer --password-stdin --data DIR.';

/** `porthole user …`. Returns the exit status. */
export async function runUser(args: string[]): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
      data: { type: 'string' },
    },
  });
  const [verb, username, ...more] = positionals;
  if (verb !== 'add' || !username || more.length > 0) throw new UsageError(USAGE);
  const role = roleOption(required(values.role, '--role'));
  if (!values['password-stdin']) throw new UsageError('--password-stdin is missing: the password is read from there.');
  const data = required(values.data, '--data DIR');
  const password = await readPassword();
  await onDataFolder(data, ({ db, audit }) => new Users(db, audit).add({ username, role, password, actor: ACTOR }));
  return 0;
}

function roleOption(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (!role) throw new UsageError(`--role is one of ${ROLES.join(', ')}.`);
  return role;
}

/** All of standard input, without the line end that `echo` and editors add. */
async function readPassword(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_INPUT) throw new PortholeError('request.invalid', 'A password has at most 1024 bytes.');
  }
  const password = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (password === '') throw new Failure('There was no password on standard input.');
  return password;
}
