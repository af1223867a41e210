import { createRun, device, MAX_RUN_DEVICES, PATHS, type RunLine, type RunWish, run } from '@porthole/protocol';
import { parseCount, parseSeconds, readArguments } from '../remote/arguments.ts';
import { Failure, UsageError } from '../remote/failure.ts';
import { findDevices } from '../remote/findDevices.ts';
import { HubClient } from '../remote/hubClient.ts';
import { readToken, tokenPath } from '../remote/tokenFile.ts';
import { QueryFilter } from '../shell/queryFilter.ts';
import { INTERRUPTED, NOT_RUN, statusOf } from './exitStatus.ts';
import { OutputPrinter } from './outputPrinter.ts';
import { readInput } from './readInput.ts';
import { bytesOf, followRun } from './runFollower.ts';
import { tellLine } from './tellLine.ts';

const USAGE =
  'Use: porthole exec DEVICE… [--timeout 60s] [--wait 10m] [--concurrency N] [--folder PATH] [--stdin] [--json] -- COMMAND ARGS….';
/** What a program exits with when nobody reads what it writes. */
const NO_READER = 141;

/** `porthole exec`: runs a command on devices and returns its exit status, of several the largest. */
export async function exec(args: string[]): Promise<number> {
  const { devices: named, argv, options } = readOptions(args);
  const { hub, pin, cookie } = readToken(tokenPath(options['token-file']));
  const input = options.stdin ? await readInput(process.stdin) : undefined;
  const client = new HubClient(hub, pin, cookie);
  try {
    const devices = findDevices(named, await client.ask('GET', PATHS.devices, device.array()));
    if (devices.length > MAX_RUN_DEVICES) throw new UsageError(`A run has at most ${MAX_RUN_DEVICES} devices.`);
    const wish = createRun.parse({
      devices: devices.map(({ id }) => id),
      what: { kind: 'argv', argv },
      timeoutSeconds: parseSeconds('--timeout', options.timeout, 86_400),
      waitSeconds: parseSeconds('--wait', options.wait, 30 * 86_400),
      concurrency: parseCount('--concurrency', options.concurrency, 50),
      folder: options.folder,
      input,
      paced: true,
    } satisfies Partial<RunWish>);
    const created = await client.ask('POST', PATHS.runs, run, { body: wish });
    const names = new Map(created.devices.map((entry) => [entry.device, entry.name]));
    return await new Execution(client, created.id, { names, asJson: options.json }).run();
  } finally {
    client.close();
  }
}

function readOptions(args: string[]) {
  const end = args.indexOf('--');
  const argv = end < 0 ? [] : args.slice(end + 1);
  const { values, positionals } = readArguments({
    args: end < 0 ? args : args.slice(0, end),
    allowPositionals: true,
    options: {
      timeout: { type: 'string', default: '60s' },
      wait: { type: 'string', default: '0s' },
      concurrency: { type: 'string', default: '10' },
      folder: { type: 'string' },
      stdin: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'token-file': { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new UsageError(`A device is missing. ${USAGE}`);
  if (argv.length === 0) throw new UsageError(`A command is missing. ${USAGE}`);
  return { devices: positionals, argv, options: values };
}

interface ExecutionOptions {
  /** What the devices are called, by id. */
  names: ReadonlyMap<string, string>;
  asJson: boolean;
}

/** One run, followed to its end. */
class Execution {
  readonly #client: HubClient;
  readonly #id: string;
  readonly #options: ExecutionOptions;
  readonly #printer: OutputPrinter;
  readonly #broken = new AbortController();
  readonly #filters = new Map<string, QueryFilter>();
  #status = 0;

  constructor(client: HubClient, id: string, options: ExecutionOptions) {
    this.#client = client;
    this.#id = id;
    this.#options = options;
    const isOne = options.names.size === 1 || options.asJson;
    const prefix = isOne ? undefined : (of: string) => `${this.#nameOf(of)}: `;
    this.#printer = new OutputPrinter({ prefix, streams: { stdout: process.stdout, stderr: process.stderr } });
  }

  async run(): Promise<number> {
    const interrupt = () => this.#broken.abort(INTERRUPTED);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
    try {
      for await (const line of followRun(this.#client, this.#id, this.#broken.signal)) {
        await this.#show(line);
        if (this.#printer.isGone) this.#broken.abort(NO_READER);
      }
      return this.#status;
    } catch (error) {
      if (this.#broken.signal.aborted) return await this.#cancel();
      if (error instanceof Failure) throw new Failure(`${error.message} The run goes on as ${this.#id}.`, error.status);
      throw error;
    } finally {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
    }
  }

  async #show(line: RunLine): Promise<void> {
    if ('state' in line) this.#status = Math.max(this.#status, isEnded(line) ? statusOf(line.state) : 0);
    if (this.#options.asJson) {
      if (!('idle' in line)) await this.#printer.print('', 'stdout', Buffer.from(`${JSON.stringify(line)}\n`));
      return;
    }
    if ('stream' in line) return await this.#printer.print(line.device, line.stream, this.#shownOf(line));
    if ('state' in line && isEnded(line)) await this.#printer.end(line.state.device);
    const told = tellLine(line, (of) => this.#nameOf(of));
    if (told !== undefined) process.stderr.write(`porthole: ${told}\n`);
  }

  /** Into a file or a program it goes as it is; a terminal is spared what it would answer by typing. */
  #shownOf(line: Extract<RunLine, { stream: string }>): Buffer {
    if (!process[line.stream].isTTY) return bytesOf(line);
    const key = `${line.stream} ${line.device}`;
    const filter = this.#filters.get(key) ?? new QueryFilter();
    this.#filters.set(key, filter);
    return filter.filter(bytesOf(line));
  }

  async #cancel(): Promise<number> {
    await this.#client.ask('POST', `${PATHS.runs}/${this.#id}/cancel`, run, { body: {} });
    const reason: unknown = this.#broken.signal.reason;
    return typeof reason === 'number' ? reason : NOT_RUN;
  }

  #nameOf(id: string): string {
    return this.#options.names.get(id) ?? id;
  }
}

function isEnded({ state: { state } }: Extract<RunLine, { state: unknown }>): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}
