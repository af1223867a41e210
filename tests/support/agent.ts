import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPixels } from '@porthole/pixels/build';
import { createToken, type Hub } from './hub.ts';
import { type Program, porthole } from './program.ts';
import { TempDir } from './tempDir.ts';

export interface AgentOptions {
  hub: Hub;
  /** `:7`, or `fake` for the synthetic display that needs no X server. */
  display: string;
  name: string;
  /** Kept afterwards when given, and taken as known to the hub when `token` is null; otherwise a temporary folder. */
  data?: string;
  /** A token to use instead of a fresh one; null for none. */
  token?: string | null;
  env?: NodeJS.ProcessEnv;
  /** The owner's `policy.json`, for an agent in a temporary folder. */
  policy?: object;
  /** The command that runs it. */
  within?: readonly string[];
}

/**
 * A policy of an owner who offers a plain shell alone: what else people's shells read when they begin differs from machine
 * to machine, and may take long.
 */
export const PLAIN_SHELL = { terminal: { shells: ['/bin/sh'] } };

/** An agent as its own process. */
export class Agent implements AsyncDisposable {
  readonly name: string;
  readonly data: string;
  readonly #args: string[];
  readonly #env: NodeJS.ProcessEnv;
  readonly #within: readonly string[];
  readonly #temp: TempDir | undefined;
  #program: Program;

  private constructor(options: AgentOptions, temp: TempDir | undefined) {
    this.name = options.name;
    this.data = options.data ?? temp?.path ?? '';
    this.#temp = temp;
    const { hub, display, name, env, within = [] } = options;
    this.#within = within;
    // Nothing that a test does ever locks, restarts or ends the machine that it runs on.
    this.#env = { PORTHOLE_POWER_PROGRAMS: join(this.data, 'power'), ...env, PORTHOLE_TOKEN: undefined };
    this.#args = ['agent', '--hub', hub.url, '--data', this.data, '--name', name, '--display', display];
    const token = options.token ? ['--token', options.token] : [];
    this.#program = this.#run(token);
  }

  static async start(options: AgentOptions): Promise<Agent> {
    // Otherwise every agent of a test would do it for itself.
    buildPixels();
    const token = options.token === undefined ? await createToken(options.hub) : options.token;
    const temp = options.data === undefined ? new TempDir() : undefined;
    if (temp && options.policy) writeFileSync(join(temp.path, 'policy.json'), JSON.stringify(options.policy));
    const agent = new Agent({ ...options, token }, temp);
    try {
      await agent.ready();
    } catch (error) {
      await agent.stop();
      throw error;
    }
    return agent;
  }

  get pid(): number {
    return this.#program.pid;
  }

  /** What it printed since it was last started. */
  get output(): { stdout: string; stderr: string } {
    return this.#program;
  }

  kill(signal: NodeJS.Signals): void {
    this.#program.kill(signal);
  }

  /** Starts it again with what it knows, after ending it when it still runs. */
  async restart(): Promise<void> {
    await this.#program.stop();
    this.#program = this.#run();
    await this.ready();
  }

  /** Resolves once it is connected. */
  async ready(): Promise<void> {
    await this.#program.printed(/^Connected to \S+ as /m);
  }

  async stop(): Promise<void> {
    await this.#program.stop();
    this.#temp?.close();
  }

  #run(token: string[] = []): Program {
    return porthole([...this.#args, ...token], { env: this.#env, within: this.#within });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Starts an agent with a fresh token; resolves once it is connected. Use with `await using`. */
export function startAgent(options: AgentOptions): Promise<Agent> {
  return Agent.start(options);
}
