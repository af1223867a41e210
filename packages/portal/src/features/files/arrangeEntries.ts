import { type FileEntry, PART_NAME } from '@porthole/protocol';
import { kindLabel } from './fileKinds.ts';

export const COLUMNS = ['name', 'size', 'kind', 'modified', 'owner', 'mode'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Arrangement {
  sort: Column;
  descending: boolean;
  /** Part of a name, in any case and with or without accents; empty for all. */
  filter: string;
  hidden: boolean;
}

/**
 * What is shown of a folder, in order: folders first, then by the column, then as the device ordered them (by name, as
 * people count). `entries` must be in the device's order; the same array comes back when nothing is to be done.
 */
export function arrangeEntries(entries: readonly FileEntry[], arrangement: Arrangement): readonly FileEntry[] {
  const shown = choose(entries, arrangement);
  const { sort, descending } = arrangement;
  if (sort === 'name' && !descending) return shown;
  const folders = shown.filter(isFolder);
  const others = shown.filter((entry) => !isFolder(entry));
  return [...order(folders, sort, descending), ...order(others, sort, descending)];
}

/** Whether people would call the folder empty: what is only on its way into it is nothing that they have hidden. */
export function isEmpty(entries: readonly FileEntry[]): boolean {
  return entries.every(({ name }) => PART_NAME.test(name));
}

/** Whether opening it leads into a folder: it is one, or links to one. */
export function isFolder(entry: FileEntry): boolean {
  return entry.kind === 'directory' || entry.target === 'directory';
}

function choose(entries: readonly FileEntry[], { filter, hidden }: Arrangement): readonly FileEntry[] {
  const part = fold(filter.trim());
  if (part === '' && hidden) return entries;
  return entries.filter(({ name }) => (hidden || !name.startsWith('.')) && (part === '' || fold(name).includes(part)));
}

function order(entries: FileEntry[], sort: Column, descending: boolean): FileEntry[] {
  if (sort === 'name') return descending ? entries.reverse() : entries;
  const sign = descending ? -1 : 1;
  // Sorting is stable: what is equal stays by name.
  return entries.sort((a, b) => sign * compare(sortKey(a, sort), sortKey(b, sort)));
}

function sortKey(entry: FileEntry, sort: Exclude<Column, 'name'>): string | number {
  switch (sort) {
    case 'size':
      return isFolder(entry) ? 0 : entry.size;
    case 'modified':
      return entry.modified;
    case 'mode':
      return entry.mode ?? -1;
    case 'owner':
      return entry.owner ?? '';
    case 'kind':
      return kindLabel(entry);
  }
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Lower case without accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
