import { type AlertKind, type AlertRule, type AlertRuleBody, alertRuleBody } from '@porthole/protocol';

/** A rule as it stands in its form: numbers as they are typed, shares in percent, times in minutes. */
export interface RuleDraft {
  kind: AlertKind;
  /** `all`, `group:NAME` or `device:ID`. */
  scope: string;
  threshold: string;
  minutes: string;
  process: string;
  enabled: boolean;
}

/** What is sensible of each kind. */
const USUAL: Readonly<Record<AlertKind, Pick<RuleDraft, 'threshold' | 'minutes'>>> = {
  offline: { threshold: '', minutes: '5' },
  disk: { threshold: '90', minutes: '5' },
  cpu: { threshold: '95', minutes: '15' },
  memory: { threshold: '95', minutes: '10' },
  temperature: { threshold: '90', minutes: '5' },
  process: { threshold: '', minutes: '1' },
};

export const NEW_RULE: RuleDraft = { kind: 'disk', scope: 'all', ...USUAL.disk, process: '', enabled: true };

/** Another kind, with what is usual for it. */
export function ofKind(draft: RuleDraft, kind: AlertKind): RuleDraft {
  return { ...draft, kind, ...USUAL[kind] };
}

export function hasThreshold(kind: AlertKind): boolean {
  return kind !== 'offline' && kind !== 'process';
}

/** How a threshold is written: shares in percent. */
function scaleOf(kind: AlertKind): number {
  return kind === 'temperature' ? 1 : 100;
}

/** An old rule, to be changed. */
export function draftOf({ kind, scope, threshold, forMs, process, enabled }: AlertRule): RuleDraft {
  return {
    kind,
    scope: scope.kind === 'all' ? 'all' : scope.kind === 'group' ? `group:${scope.group}` : `device:${scope.device}`,
    threshold: threshold === null ? '' : String(Math.round(threshold * scaleOf(kind) * 10) / 10),
    minutes: String(Math.round(forMs / 6_000) / 10),
    process: process ?? '',
    enabled,
  };
}

/** The rule that the form describes; undefined while something in it is missing or out of bounds. */
export function ruleOf(draft: RuleDraft): AlertRuleBody | undefined {
  const { kind, enabled } = draft;
  const threshold = hasThreshold(kind) ? numberOf(draft.threshold) / scaleOf(kind) : null;
  if (threshold !== null && !(threshold > 0 && threshold <= (kind === 'temperature' ? 200 : 1))) return undefined;
  const parsed = alertRuleBody.safeParse({
    kind,
    scope: scopeOf(draft.scope),
    threshold,
    forMs: Math.round(numberOf(draft.minutes) * 60_000),
    process: kind === 'process' ? draft.process.trim() : null,
    enabled,
  });
  return parsed.success ? parsed.data : undefined;
}

function scopeOf(text: string): AlertRule['scope'] {
  const [kind, rest] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
  if (kind === 'group') return { kind, group: rest };
  return kind === 'device' ? { kind, device: rest } : { kind: 'all' };
}

/** Not a number for what is none; a comma counts as a point. */
function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));
}
