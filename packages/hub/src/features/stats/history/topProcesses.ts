import { type TopProcess, topProcess } from '@porthole/protocol';
import * as z from 'zod';

/** Kept of each step. */
const BUSIEST = 3;
const LARGEST = 2;
const MAX_NAME = 64;

/** `[pid, name, cpu, memory]`, which is half as long as with names. */
const stored = z.array(z.tuple([z.number(), z.string(), z.number(), z.number()]));

/** What stood out in either of two lists, each process at its highest. */
export function mergeTop(one: readonly TopProcess[], other: readonly TopProcess[]): TopProcess[] {
  const all = new Map<string, TopProcess>();
  for (const process of [...one, ...other]) {
    const key = `${process.pid} ${process.name}`;
    const known = all.get(key);
    const { cpu, memory } = process;
    all.set(key, known ? { ...known, cpu: Math.max(known.cpu, cpu), memory: Math.max(known.memory, memory) } : process);
  }
  const busiest = [...all.values()].sort((a, b) => b.cpu - a.cpu).slice(0, BUSIEST);
  const largest = [...all.values()].sort((a, b) => b.memory - a.memory).slice(0, LARGEST);
  return [...new Set([...busiest, ...largest])];
}

export function encodeTop(top: readonly TopProcess[]): string | null {
  if (top.length === 0) return null;
  const rows = top.map(({ pid, name, cpu, memory }) => {
    return [pid, name.slice(0, MAX_NAME).toWellFormed(), Number(cpu.toFixed(3)), Math.round(memory)];
  });
  return JSON.stringify(rows);
}

export function decodeTop(text: string | null): TopProcess[] {
  if (text === null) return [];
  return stored.parse(JSON.parse(text)).map(([pid, name, cpu, memory]) => topProcess.parse({ pid, name, cpu, memory }));
}
