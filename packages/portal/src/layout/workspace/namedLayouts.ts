import type { NamedLayout } from '@porthole/protocol';

/** How many layouts a user may save. */
export const MOST_LAYOUTS = 50;

/** A name as it is saved: one line without what cannot be seen; undefined when nothing is left of it. */
export function layoutName(typed: string): string | undefined {
  const name = typed.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, '').trim();
  return name === '' || name.length > 64 ? undefined : name;
}

/** Saves a layout under a name, over the one that has it already. Unchanged when there is no room for another. */
export function withLayout(layouts: readonly NamedLayout[], name: string, layout: string): NamedLayout[] {
  const known = layouts.find((each) => each.name === name);
  if (known) return layouts.map((each) => (each === known ? { ...each, layout } : each));
  if (layouts.length >= MOST_LAYOUTS) return [...layouts];
  return [...layouts, { id: crypto.randomUUID().slice(0, 8), name, layout }];
}

/** Gives a layout another name; another one that has it already goes. */
export function withName(layouts: readonly NamedLayout[], id: string, name: string): NamedLayout[] {
  return layouts
    .filter((each) => each.id === id || each.name !== name)
    .map((each) => (each.id === id ? { ...each, name } : each));
}

/** Forgets a layout. */
export function withoutLayout(layouts: readonly NamedLayout[], id: string): NamedLayout[] {
  return layouts.filter((each) => each.id !== id);
}
