import type { Alert, AlertKind, AlertRule } from '@porthole/protocol';
import { formatShare, visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';

/** What was noticed, as a sentence without the device. Safe to show. */
export function describeAlert({ kind, value, threshold, process }: Alert): string {
  if (kind === 'offline') return texts.alerts.says.offline;
  if (kind === 'process') return texts.alerts.says.process(visibleText(process ?? '', 64));
  return texts.alerts.says[kind](formatLimit(kind, value ?? 0), formatLimit(kind, threshold ?? 0));
}

/** What a rule watches for, as a sentence without its devices. Safe to show. */
export function describeRule({ kind, threshold, forMs, process }: Omit<AlertRule, 'id'>): string {
  const lasting = forMs > 0 ? texts.alerts.lasting(formatLasting(forMs)) : '';
  if (kind === 'offline') return texts.alerts.rule.offline(lasting);
  if (kind === 'process') return texts.alerts.rule.process(visibleText(process ?? '', 64), lasting);
  return texts.alerts.rule[kind](formatLimit(kind, threshold ?? 0), lasting);
}

/** A limit, in the unit of what it limits. */
export function formatLimit(kind: AlertKind, limit: number): string {
  return kind === 'temperature' ? texts.health.celsius(Math.round(limit)) : formatShare(limit);
}

/** How long something lasts. In ms. */
export function formatLasting(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return texts.alerts.seconds(Math.round(ms / 1_000));
  return minutes < 120 ? texts.alerts.minutes(minutes) : texts.alerts.hours(Math.round(minutes / 60));
}
