import type {
  Description,
  ErrorCode,
  ScreenSettings,
  StatsSample,
  TerminalSettings,
  Toggles,
  Viewer,
} from '@porthole/protocol';
import type { AgentLink } from '../base/agentLink/agentLink.ts';
import type { DeviceRecord } from './deviceStore.ts';

/** Most viewers named in what portals are shown; all of them are served. */
const SHOWN_VIEWERS = 16;

/** What the hub knows of one device right now: what came last, its connections, and who is looking. */
export class LiveDevice {
  readonly id: string;
  name: string;
  description: Description;
  toggles: Toggles;
  screenSettings: ScreenSettings;
  terminalSettings: TerminalSettings;
  stats: StatsSample | null;
  thumbnail: DeviceRecord['thumbnail'];
  /** Online or offline since then, in ms since 1970. */
  since: number;
  interactive: AgentLink | undefined;
  bulk: AgentLink | undefined;
  readonly #viewers = new Map<string, Viewer & { screens: number }>();

  constructor(record: DeviceRecord) {
    this.id = record.id;
    this.name = record.name;
    this.description = record.description;
    this.toggles = record.toggles;
    this.screenSettings = record.screenSettings;
    this.terminalSettings = record.terminalSettings;
    this.stats = record.stats;
    this.thumbnail = record.thumbnail;
    this.since = record.lastSeen;
  }

  get online(): boolean {
    return this.interactive !== undefined;
  }

  get viewers(): Viewer[] {
    const shown = [...this.#viewers.values()].slice(0, SHOWN_VIEWERS);
    return shown.map(({ id, user, controlling, since }) => ({ id, user, controlling, since }));
  }

  hasViewer(id: string): boolean {
    return this.#viewers.has(id);
  }

  /** The viewer in control, if any. */
  get controller(): Viewer | undefined {
    return [...this.#viewers.values()].find((viewer) => viewer.controlling);
  }

  /** A screen channel of the viewer opened. */
  watch(id: string, user: string): void {
    this.#viewer(id, user).screens++;
  }

  /** A screen channel of the viewer closed. */
  unwatch(id: string): void {
    const viewer = this.#viewers.get(id);
    if (!viewer) return;
    viewer.screens--;
    this.#dropIfGone(id);
  }

  setControlling(id: string, user: string, controlling: boolean): void {
    this.#viewer(id, user).controlling = controlling;
    this.#dropIfGone(id);
  }

  link(kind: 'interactive' | 'bulk'): AgentLink | undefined {
    return kind === 'interactive' ? this.interactive : this.bulk;
  }

  closeLinks(code: ErrorCode): void {
    this.interactive?.close(code);
    this.bulk?.close(code);
  }

  #viewer(id: string, user: string): Viewer & { screens: number } {
    const known = this.#viewers.get(id);
    if (known) return known;
    const viewer = { id, user, controlling: false, since: Date.now(), screens: 0 };
    this.#viewers.set(id, viewer);
    return viewer;
  }

  #dropIfGone(id: string): void {
    const viewer = this.#viewers.get(id);
    if (viewer && viewer.screens <= 0 && !viewer.controlling) this.#viewers.delete(id);
  }
}
