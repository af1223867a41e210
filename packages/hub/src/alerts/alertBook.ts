import { randomBytes } from 'node:crypto';
import type { Alert, AlertRule, WebhookBody } from '@porthole/protocol';
import { StorageError } from '../base/db/storageError.ts';
import type { DeviceDirectory } from '../devices/directory.ts';
import type { LiveDevice } from '../devices/liveDevice.ts';
import type { AlertStore } from './alertStore.ts';
import { isOn, ON, type Phase, QUIET } from './phase.ts';

export interface BookParts {
  directory: DeviceDirectory;
  store: AlertStore;
  /** Where alerts are sent; called in the transaction that stores them. */
  webhook: { add(body: WebhookBody): void };
}

/** One rule at one device. */
interface Entry {
  phase: Phase;
  /** While it is on. */
  alert: Alert | undefined;
}

const NOTHING: Entry = { phase: QUIET, alert: undefined };

/** How rules and devices stand to each other. An alert is on disk before anybody hears of it, and so is its end. */
export class AlertBook {
  readonly #parts: BookParts;
  /** By device, then by rule; only what is not quiet. */
  readonly #entries = new Map<string, Map<string, Entry>>();
  readonly #listeners = new Set<() => void>();

  /** Begins with what was on when the hub ended. */
  constructor(parts: BookParts) {
    this.#parts = parts;
    for (const alert of parts.store.on()) this.#of(alert.device).set(alert.rule, { phase: ON, alert });
    for (const id of this.#entries.keys()) this.#count(id);
  }

  /** What is on, the latest first. */
  get on(): Alert[] {
    const all = [...this.#entries.values()].flatMap((entries) => [...entries.values()]);
    return all.flatMap(({ alert }) => alert ?? []).sort((one, other) => other.raisedAt - one.raisedAt);
  }

  /** The devices of which there is something to know. */
  get devices(): string[] {
    return [...this.#entries.keys()];
  }

  /** Told whenever what is on changes. Returns a function that ends the listening. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  phaseOf(deviceId: string, ruleId: string): Phase {
    return this.#entries.get(deviceId)?.get(ruleId)?.phase ?? QUIET;
  }

  /** Takes a device to another phase of a rule; what was measured goes into the alert, if there is one. */
  turn(rule: AlertRule, device: LiveDevice, { phase, value }: { phase: Phase; value: number | null }): void {
    const { alert } = this.#entries.get(device.id)?.get(rule.id) ?? NOTHING;
    if (isOn(phase) && !alert) this.#raise(newAlert(rule, device, value), device);
    else if (!isOn(phase) && alert) this.#clear(alert);
    else this.#set(device.id, rule.id, { phase, alert });
  }

  /** Ends what is on at the device by rules that `applies` is false for. */
  end(deviceId: string, applies: (ruleId: string) => boolean): void {
    for (const [rule, { alert }] of this.#entries.get(deviceId) ?? []) {
      if (applies(rule)) continue;
      if (alert) this.#clear(alert);
      else this.#set(deviceId, rule, NOTHING);
    }
  }

  /** Everything of a device that was removed. */
  forget(deviceId: string): void {
    const wasOn = [...(this.#entries.get(deviceId)?.values() ?? [])].some(({ alert }) => alert);
    this.#entries.delete(deviceId);
    this.#try(() => this.#parts.store.forget(deviceId));
    if (wasOn) this.#tell();
  }

  #raise(alert: Alert, { id, name }: LiveDevice): void {
    const { store, webhook } = this.#parts;
    const isDone = this.#try(() => {
      store.raise(alert);
      webhook.add({ event: 'raised', device: { id, name }, alert });
    });
    if (isDone) this.#changed(id, alert.rule, { phase: ON, alert });
  }

  #clear(alert: Alert): void {
    const { store, webhook, directory } = this.#parts;
    const { device: id } = alert;
    const clearedAt = Math.max(Date.now(), alert.raisedAt);
    const isDone = this.#try(() => {
      store.clear(alert.id, clearedAt);
      const device = { id, name: directory.find(id)?.name ?? '' };
      webhook.add({ event: 'cleared', device, alert: { ...alert, clearedAt } });
    });
    if (isDone) this.#changed(id, alert.rule, NOTHING);
  }

  #changed(deviceId: string, rule: string, entry: Entry): void {
    this.#set(deviceId, rule, entry);
    this.#count(deviceId);
    this.#tell();
  }

  /** All or nothing. False when the disk has no room; then all is as before, and the next look tries again. */
  #try(work: () => void): boolean {
    try {
      this.#parts.store.together(work);
      return true;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return false;
    }
  }

  #count(id: string): void {
    const { directory } = this.#parts;
    const device = directory.find(id);
    const alerts = [...(this.#entries.get(id)?.values() ?? [])].filter(({ alert }) => alert).length;
    if (!device || device.alerts === alerts) return;
    device.alerts = alerts;
    directory.changed(id);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #set(deviceId: string, rule: string, entry: Entry): void {
    if (entry.phase.name !== 'quiet') this.#of(deviceId).set(rule, entry);
    else this.#entries.get(deviceId)?.delete(rule);
  }

  #of(deviceId: string): Map<string, Entry> {
    const known = this.#entries.get(deviceId) ?? new Map<string, Entry>();
    this.#entries.set(deviceId, known);
    return known;
  }
}

function newAlert(rule: AlertRule, device: LiveDevice, value: number | null): Alert {
  return {
    id: randomBytes(12).toString('base64url'),
    rule: rule.id,
    kind: rule.kind,
    device: device.id,
    value: value === null ? null : Number(value.toFixed(4)),
    threshold: rule.threshold,
    process: rule.process,
    raisedAt: Date.now(),
    clearedAt: null,
  };
}
