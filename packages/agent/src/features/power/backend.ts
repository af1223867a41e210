import type { PowerAction } from '@porthole/protocol';

/** A process as people were shown it. */
export interface NamedProcess {
  pid: number;
  /** ms since 1970, as in `processRow`. */
  started: number;
}

/** What can be done to a machine and what runs on it. Whatever fails rejects with a `PortholeError`. */
export interface PowerBackend {
  /** What works here. */
  available(): PowerAction[];
  /** Resolves once the system has agreed. Rejects with `power.unsupported`, `power.failed`. */
  act(action: PowerAction): Promise<void>;
  /**
   * Asks the process to end, or makes it. Rejects with `process.gone`, `process.denied`, and `process.self` for the agent and
   * what it started, unless `self`.
   */
  end(process: NamedProcess, how: { kill: boolean; self: boolean }): Promise<void>;
}
