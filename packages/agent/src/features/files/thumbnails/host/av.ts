import type { CodecContext, FormatContext } from 'node-av/lib';

type Lib = typeof import('node-av/lib');
type Constants = typeof import('node-av/constants');
/** The bindings to FFmpeg. */
export type Av = Lib & Constants;

/** Loads FFmpeg. Rejects where there is no build of it. */
export async function loadAv(): Promise<Av> {
  const [lib, constants] = await Promise.all([import('node-av/lib'), import('node-av/constants')]);
  // What goes wrong is reported by the calls themselves.
  lib.Log.setLevel(constants.AV_LOG_QUIET);
  return { ...lib, ...constants };
}

/** Sets options of what FFmpeg has not opened yet. Throws when it knows one of them not. */
export function setOptions(on: CodecContext | FormatContext, options: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(options)) check(on.setOption(name, String(value)), `no option ${name}`);
}

/** FFmpeg says by negative numbers that something failed. */
export function check(code: number, sentence: string): number {
  if (code < 0) throw new Error(`${sentence} (${code})`);
  return code;
}
