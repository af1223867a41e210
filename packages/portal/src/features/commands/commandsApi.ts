import {
  type CreateRun,
  PATHS,
  PortholeError,
  type Run,
  type RunLine,
  type RunPage,
  run,
  runLine,
  runPage,
  type SaveCommand,
  type SavedCommand,
  savedCommand,
  savedCommands,
} from '@porthole/protocol';
import { type Api, checked, type Schema } from '../../base/api.ts';
import { readJsonLines } from './readJsonLines.ts';

/** Runs and saved commands at the hub's HTTP routes. Every method rejects with a `PortholeError`. */
export class CommandsApi {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  start(wish: CreateRun): Promise<Run> {
    return this.#send('POST', PATHS.runs, run, wish);
  }

  /** The newest first; `before` is the `next` of the page before. */
  list(search: string, before?: string): Promise<RunPage> {
    const query = new URLSearchParams({
      ...(search === '' ? {} : { search }),
      ...(before === undefined ? {} : { before }),
    });
    return this.#send('GET', `${PATHS.runs}?${query}`, runPage);
  }

  /** So many pages from the newest run on, as one. */
  async latest(search: string, pages: number): Promise<RunPage> {
    let page = await this.list(search);
    const runs = [...page.runs];
    for (let count = 1; count < pages && page.next !== undefined; count += 1) {
      page = await this.list(search, page.next);
      runs.push(...page.runs);
    }
    return { ...page, runs };
  }

  get(id: string): Promise<Run> {
    return this.#send('GET', runPath(id), run);
  }

  cancel(id: string): Promise<Run> {
    return this.#send('POST', `${runPath(id)}/cancel`, run, {});
  }

  async remove(id: string): Promise<void> {
    await this.#api.request(runPath(id), { method: 'DELETE' });
  }

  /** Tells what the commands wrote and what becomes of them, until the run is over or the signal ends it. */
  async follow(id: string, told: (line: RunLine) => void, signal: AbortSignal): Promise<void> {
    const response = await this.#api.request(`${runPath(id)}/output?follow=1`, { signal });
    let isWhole = false;
    await readJsonLines(response, (json) => {
      const line = checked(runLine, json);
      if ('error' in line) throw new PortholeError('internal', line.error.message);
      if ('done' in line) isWhole = true;
      told(line);
    });
    if (!isWhole) throw new PortholeError('channel.closed');
  }

  async saved(): Promise<SavedCommand[]> {
    return (await this.#send('GET', PATHS.commands, savedCommands)).commands;
  }

  save(command: SaveCommand): Promise<SavedCommand> {
    return this.#send('POST', PATHS.commands, savedCommand, command);
  }

  async forget(id: string): Promise<void> {
    await this.#api.request(`${PATHS.commands}/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  async #send<T>(method: string, path: string, schema: Schema<T>, body?: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await this.#api.request(path, body ? { method, headers, body: JSON.stringify(body) } : { method });
    return checked(schema, await response.json().catch(() => undefined));
  }
}

function runPath(id: string): string {
  return `${PATHS.runs}/${encodeURIComponent(id)}`;
}
