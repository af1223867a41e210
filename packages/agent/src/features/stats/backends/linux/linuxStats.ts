import type { HealthReader, ProcessReader, StatsBackend, SystemFacts } from '../../backend.ts';
import { addressGlance } from '../networkFacts.ts';
import { Gpus } from './gpus.ts';
import { linuxFacts } from './linuxFacts.ts';
import { LinuxHealth, type LinuxParts } from './linuxHealth.ts';
import { LinuxProcesses } from './linuxProcesses.ts';
import { Spaces } from './spaces.ts';
import { SystemFiles } from './systemFiles.ts';
import { findUsers } from './users.ts';

/** A Linux machine, looked at without any other program. */
export class LinuxStats implements StatsBackend {
  readonly #parts: LinuxParts;

  constructor(files = new SystemFiles()) {
    this.#parts = { files, spaces: new Spaces(), gpus: new Gpus(files) };
  }

  health(): HealthReader {
    return new LinuxHealth(this.#parts);
  }

  processes(): ProcessReader {
    return new LinuxProcesses(this.#parts.files);
  }

  facts(): Promise<SystemFacts> {
    return linuxFacts(this.#parts);
  }

  glance(): string {
    const { files } = this.#parts;
    return JSON.stringify([files.now('proc/self/mounts'), addressGlance(), findUsers(files)]);
  }
}
