import { PRODUCT_VERSION } from '@porthole/protocol';

/** One program: takes the whole command line, the command first, and returns the exit status. */
interface Program {
  main(args: string[]): Promise<number>;
}

const hub = (): Promise<Program> => import('@porthole/hub/main');
const agent = (): Promise<Program> => import('@porthole/agent/main');
const remote = (): Promise<Program> => import('./remote/main.ts');
/** Each program is loaded when it is asked for: an agent needs nothing of a hub. */
const COMMANDS: Record<string, () => Promise<Program>> = {
  hub,
  user: hub,
  token: hub,
  audit: hub,
  agent,
  login: remote,
  logout: remote,
  exec: remote,
  shell: remote,
};

const HELP = `Porthole: reach every device on your own network from a browser.

  porthole hub --data DIR --listen HOST:PORT [--public-url URL …] [--cert FILE --key FILE] [--log-level LEVEL]
  porthole user add NAME --role admin|operator|viewer --password-stdin --data DIR
  porthole user password NAME --password-stdin --data DIR
  porthole user role NAME --role admin|operator|viewer --data DIR
  porthole user remove NAME --data DIR
  porthole token create [--ttl 10m] [--uses 1] --data DIR
  porthole audit verify --data DIR
  porthole agent --hub URL --token TOKEN --data DIR [--name NAME] [--display :N]
  porthole login --hub URL --user NAME [--password-stdin] [--fingerprint SHA256] [--token-file FILE]
  porthole logout [--token-file FILE]
  porthole exec DEVICE… [--timeout 60s] [--wait 10m] [--concurrency N] [--folder PATH] [--stdin] [--json] -- COMMAND ARGS…
  porthole shell DEVICE [--session NAME] [--folder PATH] [--shell PATH]
  porthole --help | --version
`;

async function run(args: string[]): Promise<number> {
  const [name = ''] = args;
  if (name === '--help' || name === '-h') return say(HELP);
  if (name === '--version') return say(`${PRODUCT_VERSION}\n`);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load) return (await load()).main(args);
  process.stderr.write(`porthole: ${name ? `there is no command '${name}'` : 'a command is missing'}; see --help.\n`);
  return 2;
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

process.exitCode = await run(process.argv.slice(2));
