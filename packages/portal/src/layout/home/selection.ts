/** What is chosen on the home page, by id. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** Where a range begins. */
  readonly anchor: string | undefined;
}

export const NOTHING: Selection = { chosen: new Set(), anchor: undefined };

/** One more or one less; the next range begins there. */
export function toggle({ chosen }: Selection, id: string): Selection {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return { chosen: next, anchor: id };
}

/** All between the last one touched and this, as they are shown, beside what is chosen already. */
export function extendTo(selection: Selection, id: string, shown: readonly string[]): Selection {
  const from = selection.anchor === undefined ? -1 : shown.indexOf(selection.anchor);
  const to = shown.indexOf(id);
  if (from < 0 || to < 0) return toggle(selection, id);
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { chosen: new Set([...selection.chosen, ...range]), anchor: selection.anchor };
}

export function chooseAll(shown: readonly string[]): Selection {
  return { chosen: new Set(shown), anchor: undefined };
}

/** Without what is gone; the same object when nothing is. */
export function without(selection: Selection, isThere: (id: string) => boolean): Selection {
  const left = [...selection.chosen].filter(isThere);
  return left.length === selection.chosen.size ? selection : { ...selection, chosen: new Set(left) };
}
