import type { DeviceFacts } from '@porthole/protocol';

type Processor = NonNullable<DeviceFacts['cpu']>;

/** Reads the text of `/proc/cpuinfo`, which differs by architecture; `model` and `threads` are what else is known. */
export function parseProcessor(
  text: string,
  { model, threads }: { model: string; threads: number },
): Processor | undefined {
  const cores = new Set<string>();
  for (const block of text.split(/\n\n+/)) {
    const of = (name: string) => new RegExp(`^${name}\\s*:\\s*(.+)$`, 'm').exec(block)?.[1];
    const core = of('core id');
    if (core !== undefined) cores.add(`${of('physical id') ?? 0} ${core}`);
  }
  const named = /^(?:model name|Model|Hardware|cpu model|uarch)\s*:\s*(.+)$/m.exec(text)?.[1];
  const name = (named ?? model).replace(/\s+/g, ' ').trim().slice(0, 256);
  if (threads < 1 || name === '' || name === 'unknown') return undefined;
  return { model: name, cores: Math.min(cores.size || threads, threads), threads };
}
