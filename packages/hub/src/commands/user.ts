import { PortholeError, ROLES, type Role } from '@porthole/protocol';
import { Failure } from '../base/failure.ts';
import { Users } from '../users/users.ts';
import { onDataFolder } from './offline.ts';
import { readArguments, required, UsageError } from './options.ts';

const ACTOR = 'command line';
/** Far beyond any password; stops reading when something else was piped in. */
const MAX_INPUT = 8192;
const USAGE =
  'Use: user add NAME --role admin|operator|viewer --password-stdin --data DIR, or user password NAME --password-stdin, or user role NAME --role ROLE, or user remove NAME.';

interface UserOptions {
  role: string | undefined;
  data: string;
  'password-stdin': boolean;
}

/** What can be done with a user. A running hub ends the sessions of a user that was changed within a second. */
const VERBS: Record<string, (username: string, options: UserOptions) => Promise<void>> = {
  async add(username, options) {
    const role = roleOption(options.role);
    const password = await readPassword(options);
    await onUsers(options.data, (users) => users.add({ username, role, password, actor: ACTOR }));
  },
  async password(username, options) {
    const password = await readPassword(options);
    if (!(await onUsers(options.data, (users) => users.setPassword(username, password, { actor: ACTOR }))))
      throw unknown(username);
  },
  async remove(username, { data }) {
    if (!(await onUsers(data, (users) => users.remove(username, ACTOR)))) throw unknown(username);
  },
  async role(username, options) {
    const role = roleOption(options.role);
    if (!(await onUsers(options.data, (users) => users.setRole(username, role, ACTOR)))) throw unknown(username);
  },
};

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
  const [verb = '', username, ...more] = positionals;
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!run || !username || more.length > 0) throw new UsageError(USAGE);
  await run(username, { ...values, role: values.role, data: required(values.data, '--data DIR') });
  return 0;
}

function onUsers<Result>(data: string, work: (users: Users) => Result | Promise<Result>): Promise<Result> {
  return onDataFolder(data, ({ db, audit }) => work(new Users(db, audit)));
}

function unknown(username: string): Failure {
  return new Failure(`There is no user named ${JSON.stringify(username)}.`);
}

function roleOption(given: string | undefined): Role {
  const text = required(given, '--role');
  const role = ROLES.find((known) => known === text);
  if (!role) throw new UsageError(`--role is one of ${ROLES.join(', ')}.`);
  return role;
}

/** All of standard input, without the line end that `echo` and editors add. */
async function readPassword(options: UserOptions): Promise<string> {
  if (!options['password-stdin']) throw new UsageError('--password-stdin is missing: the password is read from there.');
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
