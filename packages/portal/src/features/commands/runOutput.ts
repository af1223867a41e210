import { isOver, type RunDevice, type RunLine } from '@porthole/protocol';

/** A piece of what a command wrote, or of what is missing of it. */
export type OutputPart = { stream: 'stdout' | 'stderr'; text: string } | { leftOut: number };

/** A line of the merged view. */
export interface MergedLine {
  key: number;
  device: string;
  stream: 'stdout' | 'stderr';
  text: string;
}

/** What is known of a run, as it is shown. A new object whenever something changed. */
export interface RunView {
  devices: ReadonlyMap<string, RunDevice>;
  output: ReadonlyMap<string, readonly OutputPart[]>;
  merged: readonly MergedLine[];
}

export const NO_OUTPUT: RunView = { devices: new Map(), output: new Map(), merged: [] };

/** Characters that are shown of one device; the beginning goes first. */
const MOST_TEXT = 256 * 1024;
const MOST_PARTS = 4_000;
const MOST_LINES = 4_000;

/** Gathers the lines of a run's output into what is shown of it. Never grows beyond a bound, however much there is. */
export class RunOutput {
  readonly #devices = new Map<string, RunDevice>();
  readonly #output = new Map<string, OutputPart[]>();
  #merged: MergedLine[] = [];
  #lines = 0;

  add(line: RunLine): void {
    if ('state' in line) this.#devices.set(line.state.device, line.state);
    else if ('leftOut' in line) this.#put(line.device, { leftOut: line.leftOut });
    else if ('text' in line) this.#write(line.device, line.stream, line.text);
    else if ('base64' in line) this.#write(line.device, line.stream, bytesAsText(line.base64));
  }

  get view(): RunView {
    const output = new Map([...this.#output].map(([device, parts]) => [device, [...parts]]));
    return { devices: new Map(this.#devices), output, merged: [...this.#merged] };
  }

  #write(device: string, stream: 'stdout' | 'stderr', text: string): void {
    this.#put(device, { stream, text });
    const lines = text.replace(/\n$/, '').split('\n');
    for (const each of lines) this.#merged.push({ key: this.#lines++, device, stream, text: each });
    if (this.#merged.length > MOST_LINES) this.#merged = this.#merged.slice(-MOST_LINES);
  }

  #put(device: string, part: OutputPart): void {
    const parts = this.#output.get(device) ?? [];
    this.#output.set(device, parts);
    const last = parts.at(-1);
    const isMore = last && 'text' in last && 'text' in part && last.stream === part.stream && last.text.length < 4096;
    if (isMore) last.text += part.text;
    else parts.push(part);
    shorten(parts);
  }
}

/** Whether a device's command did not do what it was to: another status than 0, a signal, too slow, or it never ran. */
export function hasFailed({ state, code, signal, timedOut }: RunDevice): boolean {
  if (!isOver(state)) return false;
  return state !== 'done' || timedOut === true || signal !== undefined || code !== 0;
}

function shorten(parts: OutputPart[]): void {
  let size = parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0);
  let leftOut = 0;
  while (parts.length > 1 && (size > MOST_TEXT || parts.length > MOST_PARTS)) {
    const gone = parts.shift();
    const length = gone && 'text' in gone ? gone.text.length : (gone?.leftOut ?? 0);
    if (gone && 'text' in gone) size -= length;
    leftOut += length;
  }
  if (leftOut > 0) parts.unshift({ leftOut });
}

/** Bytes that are no UTF-8, each as the character of its number. */
function bytesAsText(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}
