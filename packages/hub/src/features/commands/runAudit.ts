import type { Audit } from '../../audit/audit.ts';
import type { RunRow } from './runRows.ts';

/** Characters of a command in one row of the log. */
const SHOWN = 300;
/** Devices that the row of a whole run names; each has a row of its own when it begins there. */
const SHOWN_DEVICES = 8;

/** What is written down of runs. Append before it takes effect. */
export class RunAudit {
  readonly #audit: Audit;

  constructor(audit: Audit) {
    this.#audit = audit;
  }

  created(run: Pick<RunRow, 'id' | 'username' | 'words'>, devices: readonly string[]): void {
    const named = devices.slice(0, SHOWN_DEVICES).join(' ');
    const detail = { command: shown(run.words), devices: named, count: devices.length };
    this.#audit.append({ actor: run.username, action: 'run.create', target: run.id, detail });
  }

  started(run: RunRow, device: string): void {
    const detail = { run: run.id, command: shown(run.words) };
    this.#audit.append({ actor: run.username, action: 'commands.run', target: device, detail });
  }

  /** Somebody cancels or removes a run, or changes a saved command. */
  changed(actor: string, action: string, target: string): void {
    this.#audit.append({ actor, action, target });
  }
}

/** What cannot be seen, or turns the writing around, is written out. */
function shown(text: string): string {
  return text
    .slice(0, SHOWN)
    .replace(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
      (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
    );
}
