import type { Role } from '@porthole/protocol';
import { freePort } from './freePort.ts';
import { type Program, porthole, portholeOutput } from './program.ts';
import { TempDir } from './tempDir.ts';

const READY = /^Porthole is ready: (\S+)$/m;

export interface HubOptions {
  /** Kept afterwards when given; otherwise a temporary folder. */
  data?: string;
  /** HOST:PORT; 127.0.0.1 and a free port when left out. */
  listen?: string;
  /** More arguments of `porthole hub`. */
  args?: string[];
  /** The command that runs it. */
  within?: readonly string[];
}

/** A hub as its own process. */
export class Hub implements AsyncDisposable {
  readonly data: string;
  readonly #args: string[];
  readonly #within: readonly string[];
  readonly #temp: TempDir | undefined;
  #program: Program;
  #url = '';

  private constructor(data: string, { args = [], within = [] }: HubOptions, temp: TempDir | undefined) {
    this.data = data;
    this.#args = ['hub', '--data', data, ...args];
    this.#temp = temp;
    this.#within = within;
    this.#program = this.#run();
  }

  static async start({ data, listen, args = [], within = [] }: HubOptions = {}): Promise<Hub> {
    const temp = data === undefined ? new TempDir() : undefined;
    const address = listen ?? `127.0.0.1:${await freePort()}`;
    const hub = new Hub(data ?? temp?.path ?? '', { args: ['--listen', address, ...args], within }, temp);
    try {
      await hub.ready();
    } catch (error) {
      await hub.stop();
      throw error;
    }
    return hub;
  }

  /** Where people and agents reach it, such as `https://localhost:7443`. */
  get url(): string {
    return this.#url;
  }

  get pid(): number {
    return this.#program.pid;
  }

  /** What it printed since it was last started. */
  get output(): { stdout: string; stderr: string } {
    return this.#program;
  }

  /** The code for making the first admin; rejects when there is one already. */
  async setupCode(): Promise<string> {
    return (await this.#program.printed(/^Setup code: (\S+)$/m, 2_000))[1] ?? '';
  }

  kill(signal: NodeJS.Signals): void {
    this.#program.kill(signal);
  }

  /** Asks it to end, as an administrator would; resolves to its exit status. */
  async end(): Promise<number | null> {
    this.#program.kill('SIGTERM');
    return (await this.#program.exited).code;
  }

  /** Starts it again on the same data and address, after ending it when it still runs. */
  async restart(): Promise<void> {
    await this.#program.stop();
    this.#program = this.#run();
    await this.ready();
  }

  async ready(): Promise<void> {
    this.#url = (await this.#program.printed(READY))[1] ?? '';
  }

  async stop(): Promise<void> {
    await this.#program.stop();
    this.#temp?.close();
  }

  #run(): Program {
    return porthole(this.#args, { within: this.#within });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Starts a hub; resolves once it accepts connections. Use with `await using`. */
export function startHub(options?: HubOptions): Promise<Hub> {
  return Hub.start(options);
}

export interface NewUser {
  name: string;
  role: Role;
  password: string;
}

/** Adds a user by the command line, as an administrator at the machine would. */
export async function addUser(hub: Hub, { name, role, password }: NewUser): Promise<void> {
  const args = ['user', 'add', name, '--role', role, '--password-stdin', '--data', hub.data];
  await portholeOutput(args, { input: `${password}\n` });
}

/** A fresh enrolment token. */
export function createToken(hub: Hub, args: string[] = []): Promise<string> {
  return portholeOutput(['token', 'create', ...args, '--data', hub.data]);
}
