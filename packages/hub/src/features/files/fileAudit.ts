import type { Audit, AuditEntry } from '../../audit/audit.ts';
import type { Subject } from '../../base/access.ts';
import { TokenBuckets } from '../../base/tokenBuckets.ts';

/** Reading the same file again, as players do in small parts, is the same event for so long, in ms. */
const SAME_READ = { capacity: 1, refillMs: 600_000 };
/** Paths that one row names. */
const SHOWN_PATHS = 4;

type Detail = Record<string, string | number | boolean>;

/** What is written down of files. Append before it takes effect. */
export class FileAudit {
  readonly #audit: Audit;
  readonly #reads = new TokenBuckets(SAME_READ);

  constructor(audit: Audit) {
    this.#audit = audit;
  }

  /** Somebody is about to change something. */
  change(subject: Subject, deviceId: string, action: string, detail: Detail): void {
    this.#audit.append(entryOf(subject, deviceId, action, detail));
  }

  /** The same where many ask at the same time; resolves once it may be done. */
  async changeSoon(subject: Subject, deviceId: string, action: string, detail: Detail): Promise<void> {
    await this.#audit.appendTogether(entryOf(subject, deviceId, action, detail));
  }

  /** Many at once. */
  async changesSoon(subject: Subject, deviceId: string, action: string, details: readonly Detail[]): Promise<void> {
    await Promise.all(details.map((detail) => this.changeSoon(subject, deviceId, action, detail)));
  }

  /** Somebody is about to get the content of a file. */
  read(subject: Subject, deviceId: string, path: string): void {
    if (!this.#reads.take(JSON.stringify([subject.sessionId, deviceId, path]))) return;
    this.#audit.append(entryOf(subject, deviceId, 'download', { path }));
  }
}

function entryOf(subject: Subject, deviceId: string, action: string, detail: Detail): AuditEntry {
  const entries = Object.entries(detail).map(([name, value]) => [
    name,
    typeof value === 'string' ? visible(value) : value,
  ]);
  return {
    actor: subject.username,
    action: `files.${action}`,
    target: deviceId,
    detail: Object.fromEntries(entries),
  };
}

/** The first few of many paths, and how many there are. */
export function shortened(paths: readonly string[]): { paths: string; count: number } {
  return { paths: paths.slice(0, SHOWN_PATHS).join('\n'), count: paths.length };
}

/** Names come from devices: what cannot be seen, or turns the writing around, is written out. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
  );
}
