import type {
  Description,
  DeviceFacts,
  DeviceProfile,
  ErrorCode,
  ScreenSettings,
  SendingSettings,
  StatsSample,
  TerminalSettings,
  Toggles,
  Traits,
  Viewer,
} from '@porthole/protocol';
import type { AgentLink } from '../base/agentLink/agentLink.ts';
import { BUILT_IN, type DefaultSettings } from './deviceDefaults.ts';
import type { Arranged, DeviceRecord } from './deviceRows.ts';
import { traitsOf } from './traits.ts';

/** Most viewers named in what portals are shown; all of them are served. */
const SHOWN_VIEWERS = 16;

/** What the hub knows of one device right now: what came last, its connections, and who is looking. */
export class LiveDevice {
  readonly id: string;
  name: string;
  description: Description;
  toggles: Toggles;
  /** What people set of it; `Arrangement` alone changes it. */
  readonly arranged: Arranged;
  stats: StatsSample | null;
  thumbnail: DeviceRecord['thumbnail'];
  /** Online or offline since then, in ms since 1970. */
  since: number;
  interactive: AgentLink | undefined;
  bulk: AgentLink | undefined;
  /** It left on purpose, the last time that it left. */
  saidBye = false;
  /** How many alerts are on. */
  alerts = 0;
  readonly #defaults: DefaultSettings;
  #facts: DeviceFacts | null;
  #clockAhead: number | undefined;
  #traits: Traits;
  readonly #viewers = new Map<string, Viewer & { screens: number }>();

  constructor(record: DeviceRecord, defaults: DefaultSettings = BUILT_IN) {
    const { profile, screenSettings, terminalSettings, sendingSettings } = record;
    this.id = record.id;
    this.name = record.name;
    this.description = record.description;
    this.toggles = record.toggles;
    this.arranged = { profile, screenSettings, terminalSettings, sendingSettings };
    this.#defaults = defaults;
    this.#facts = record.facts;
    this.#traits = traitsOf(record.facts);
    this.stats = record.stats;
    this.thumbnail = record.thumbnail;
    this.since = record.lastSeen;
  }

  get online(): boolean {
    return this.interactive !== undefined;
  }

  /** What a viewer has who chose nothing else. */
  get screenSettings(): ScreenSettings {
    return this.arranged.screenSettings ?? this.#defaults.screen;
  }

  get terminalSettings(): TerminalSettings {
    return this.arranged.terminalSettings;
  }

  /** What it sends by itself; not `own` is what all devices send that have no settings of their own. */
  get sending(): { settings: SendingSettings; own: boolean } {
    const { sendingSettings: own } = this.arranged;
    return { settings: own ?? this.#defaults.sending, own: own !== null };
  }

  get profile(): DeviceProfile {
    return this.arranged.profile;
  }

  /** What it last said of itself; null when it never did. */
  get facts(): DeviceFacts | null {
    return this.#facts;
  }

  set facts(facts: DeviceFacts | null) {
    this.#facts = facts;
    this.#traits = traitsOf(facts, this.#clockAhead);
  }

  /** Its clock ahead of the hub's, in ms; undefined until it was measured. */
  get clockAhead(): number | undefined {
    return this.#clockAhead;
  }

  set clockAhead(ms: number | undefined) {
    this.#clockAhead = ms;
    this.#traits = traitsOf(this.#facts, ms);
  }

  get traits(): Traits {
    return this.#traits;
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
