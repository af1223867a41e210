import type { TerminalSettings } from '@porthole/protocol';
import type { AgentLink } from '../../base/agentLink/agentLink.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';

/** Tells each device what holds for its terminals: as soon as it is connected, and when it changes. */
export class TerminalNews {
  readonly #directory: DeviceDirectory;
  readonly #told = new WeakMap<AgentLink, TerminalSettings>();
  readonly #stop: () => void;

  constructor(directory: DeviceDirectory) {
    this.#directory = directory;
    this.#stop = directory.listen(({ type, id }) => {
      if (type === 'changed') this.#tell(id);
    });
  }

  close(): void {
    this.#stop();
  }

  #tell(id: string): void {
    const device = this.#directory.find(id);
    const link = device?.interactive;
    if (!link || this.#told.get(link) === device.terminalSettings) return;
    this.#told.set(link, device.terminalSettings);
    link.tell({ type: 'terminal.settings', settings: device.terminalSettings });
  }
}
