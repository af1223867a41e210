import type { DeviceFacts, HealthSample, ProcessRow } from '@porthole/protocol';

/** What a process uses: `cpu` in cores since the reading before, `memory` in bytes. */
export type ProcessLoad = Pick<ProcessRow, 'pid' | 'name' | 'cpu' | 'memory' | 'started'>;

/** Reads how the machine is. Rates are those since the reading before of this same reader; never rejects for what is missing. */
export interface HealthReader {
  read(): Promise<HealthSample>;
}

/** Reads what runs. CPU is that since the reading before of this same reader, or since the start of a process that is younger. */
export interface ProcessReader {
  /** What each uses, and no more: cheap. */
  loads(): Promise<ProcessLoad[]>;
  /** Everything of each. */
  rows(): Promise<ProcessRow[]>;
}

/** What a system tells of itself, but for displays and what can be done to it. */
export type SystemFacts = Omit<DeviceFacts, 'displays' | 'power'>;

/** How one kind of system is looked at. */
export interface StatsBackend {
  health(): HealthReader;
  processes(): ProcessReader;
  facts(): Promise<SystemFacts>;
  /** A text that is another one when facts have probably changed; costs next to nothing. */
  glance(): string;
}
