import { type Alert, type AlertRule, type AlertRuleBody, PortholeError, type StatsSample } from '@porthole/protocol';
import type { LiveDevice } from '../devices/liveDevice.ts';
import { AlertBook, type BookParts } from './alertBook.ts';
import { appliesTo, programsOf } from './appliesTo.ts';
import { Goodbyes } from './goodbyes.ts';
import { type Look, nextPhase } from './phase.ts';
import type { RuleStore } from './ruleStore.ts';
import { type Judged, judge } from './verdict.ts';

export interface AlertParts extends BookParts {
  rules: RuleStore;
  /** The samples that a device should send are others now. */
  demandChanged: (deviceId: string) => void;
  /** A clock that never jumps, in ms. */
  now?: () => number;
}

const TICK_MS = 5_000;
/** Devices come back within a while after the hub was started. */
const START_MS = 120_000;
/** Who said goodbye, as at the end of a day, is missed only after it. */
const GOODBYE_MS = 86_400_000;
/** How long it has to be good again; a device that is back is soon believed. */
const CLEAR_MS = { offline: 30_000, measured: 60_000 } as const;
/** Without samples for so many intervals nothing is known in between. */
const GAP_INTERVALS = 2.5;
const LEAST_INTERVAL_MS = 60_000;

/**
 * Watches all devices by the rules. Each alert is raised once and cleared once, whatever happens to the hub in between. What is on
 * at a device stays as it is while nothing is known of it.
 */
export class Alerts {
  readonly #parts: AlertParts;
  readonly #book: AlertBook;
  readonly #goodbyes: Goodbyes;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #timer: NodeJS.Timeout;
  readonly #stop: () => void;

  constructor(parts: AlertParts) {
    const { directory, store, now = () => performance.now() } = parts;
    this.#parts = parts;
    this.#now = now;
    this.#startedAt = now();
    this.#book = new AlertBook(parts);
    this.#goodbyes = new Goodbyes(store);
    for (const id of this.#book.devices) if (!directory.find(id)) this.#book.forget(id);
    this.#timer = setInterval(() => this.tick(), TICK_MS);
    this.#timer.unref();
    this.#stop = directory.listen((event) => {
      if (event.type === 'stats') this.#sampled(event.id, event.stats);
      else if (event.type === 'removed') this.#forget(event.id);
      else this.#changed(event.id);
    });
  }

  /** Those that are on, the latest first. */
  get on(): Alert[] {
    return this.#book.on;
  }

  /** Told whenever what is on changes. Returns a function that ends the listening. */
  listen(listener: () => void): () => void {
    return this.#book.listen(listener);
  }

  /** Whether a rule needs figures of the device. */
  needsSamples(deviceId: string): boolean {
    return this.#rulesOf(deviceId).some(({ kind }) => kind !== 'offline');
  }

  /** Names of programs that should run on the device, one a line. */
  programs(deviceId: string): string {
    return programsOf(this.#rulesOf(deviceId)).text;
  }

  /** Throws `alert.limit` for too many rules, or more names of programs than one question to a device can hold. */
  addRule(body: AlertRuleBody, actor: string): AlertRule {
    const { rules } = this.#parts;
    this.#checkPrograms([...rules.all, { id: '', ...body }]);
    const rule = rules.add(body, actor);
    this.#rulesChanged(rule.id);
    return rule;
  }

  /** What was on by the rule is over: it is another rule now. Throws as `addRule`, and `alert.unknown`. */
  replaceRule(id: string, body: AlertRuleBody, actor: string): AlertRule {
    const { rules } = this.#parts;
    this.#checkPrograms(rules.all.map((rule) => (rule.id === id ? { id, ...body } : rule)));
    const rule = rules.replace(id, body, actor);
    this.#rulesChanged(id);
    return rule;
  }

  /** Throws `alert.unknown`. */
  removeRule(id: string, actor: string): void {
    this.#parts.rules.remove(id, actor);
    this.#rulesChanged(id);
  }

  /** Looks at what changes by time alone. */
  tick(): void {
    const { directory } = this.#parts;
    for (const id of this.#book.devices) {
      const applying = new Set(this.#rulesOf(id).map((rule) => rule.id));
      this.#book.end(id, (rule) => applying.has(rule));
    }
    for (const id of directory.ids) this.#lookWhetherOnline(directory.get(id));
  }

  close(): void {
    clearInterval(this.#timer);
    this.#stop();
  }

  #sampled(id: string, sample: StatsSample): void {
    const device = this.#parts.directory.get(id);
    for (const rule of this.#rulesOf(id)) {
      const judged = judge(rule, sample);
      if (judged) this.#look(rule, device, judged);
    }
  }

  #changed(id: string): void {
    const device = this.#parts.directory.find(id);
    if (!device) return;
    this.#goodbyes.note(device);
    this.#lookWhetherOnline(device);
  }

  #lookWhetherOnline(device: LiveDevice): void {
    const isStart = this.#now() - this.#startedAt < START_MS;
    for (const rule of this.#rulesOf(device.id)) {
      if (rule.kind !== 'offline' || (isStart && !device.online && rule.forMs < START_MS)) continue;
      this.#look(rule, device, { verdict: device.online ? 'good' : 'bad', value: null });
    }
  }

  #look(rule: AlertRule, device: LiveDevice, { verdict, value }: Judged): void {
    const look = { verdict, now: this.#now(), ...this.#patience(rule, device) };
    this.#book.turn(rule, device, { phase: nextPhase(this.#book.phaseOf(device.id, rule.id), look), value });
  }

  #patience({ kind, forMs }: AlertRule, device: LiveDevice): Pick<Look, 'forMs' | 'clearMs' | 'gapMs'> {
    if (kind === 'offline') {
      const long = this.#goodbyes.has(device.id) ? Math.max(forMs, GOODBYE_MS) : forMs;
      return { forMs: long, clearMs: CLEAR_MS.offline, gapMs: Number.POSITIVE_INFINITY };
    }
    const interval = Math.max(LEAST_INTERVAL_MS, device.sending.settings.recordMs);
    return { forMs, clearMs: CLEAR_MS.measured, gapMs: interval * GAP_INTERVALS };
  }

  #rulesChanged(id: string): void {
    for (const device of this.#book.devices) this.#book.end(device, (rule) => rule !== id);
    for (const device of this.#parts.directory.ids) this.#parts.demandChanged(device);
    this.tick();
  }

  #forget(id: string): void {
    this.#goodbyes.forget(id);
    this.#book.forget(id);
  }

  #rulesOf(deviceId: string): AlertRule[] {
    const device = this.#parts.directory.find(deviceId);
    if (!device) return [];
    const where = { id: deviceId, group: device.profile.group };
    return this.#parts.rules.all.filter((rule) => rule.enabled && appliesTo(rule, where));
  }

  #checkPrograms(rules: readonly AlertRule[]): void {
    const enabled = rules.filter((rule) => rule.enabled);
    if (programsOf(enabled).isWhole) return;
    const { directory } = this.#parts;
    for (const id of directory.ids) {
      const where = { id, group: directory.get(id).profile.group };
      if (!programsOf(enabled.filter((rule) => appliesTo(rule, where))).isWhole) throw new PortholeError('alert.limit');
    }
  }
}
