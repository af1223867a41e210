/** What is chosen in a folder, by name, so that it outlives new orders and new entries. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** Where the keyboard is. */
  readonly active: string | undefined;
  /** Where a range began. */
  readonly anchor: string | undefined;
}

export const NOTHING: Selection = { chosen: new Set(), active: undefined, anchor: undefined };

/** One entry, and the keyboard at it. */
export function only(name: string): Selection {
  return { chosen: new Set([name]), active: name, anchor: name };
}

/** How a step changes what is chosen: only it, from the anchor to it, nothing (the keyboard moves alone), or it as well. */
export type Step = 'only' | 'range' | 'none' | 'toggle';

/** The step that the keys held down during a click mean. */
export function stepOfClick({ shiftKey, ctrlKey, metaKey }: Record<'shiftKey' | 'ctrlKey' | 'metaKey', boolean>): Step {
  return shiftKey ? 'range' : ctrlKey || metaKey ? 'toggle' : 'only';
}

/** Goes to the entry at `index` of the shown `names`. */
export function goTo(selection: Selection, names: readonly string[], index: number, step: Step): Selection {
  const name = names[index];
  if (name === undefined) return selection;
  switch (step) {
    case 'only':
      return only(name);
    case 'none':
      return { ...selection, active: name, anchor: name };
    case 'toggle':
      return { chosen: toggled(selection.chosen, name), active: name, anchor: name };
    case 'range': {
      const anchor = selection.anchor ?? selection.active ?? name;
      const from = Math.max(0, names.indexOf(anchor));
      const range = names.slice(Math.min(from, index), Math.max(from, index) + 1);
      return { chosen: new Set(range), active: name, anchor };
    }
  }
}

/** Chooses all that is shown. */
export function chooseAll(selection: Selection, names: readonly string[]): Selection {
  return { ...selection, chosen: new Set(names) };
}

/**
 * Without what is no longer there; the same selection when all of it still is. The keyboard goes on to what came next when it
 * was last seen: `before` are the names of then, in their order.
 */
export function withoutGone(
  selection: Selection,
  present: ReadonlySet<string>,
  before: readonly string[] = [],
): Selection {
  const chosen = [...selection.chosen].filter((name) => present.has(name));
  const active = nextLeft(selection.active, present, before);
  if (chosen.length === selection.chosen.size && active === selection.active) return selection;
  return { chosen: new Set(chosen), active, anchor: active };
}

/** The entry itself, otherwise the next one after it that is left, otherwise the one before it. */
function nextLeft(
  name: string | undefined,
  present: ReadonlySet<string>,
  before: readonly string[],
): string | undefined {
  if (name === undefined || present.has(name)) return name;
  const at = before.indexOf(name);
  const isLeft = (each: string) => present.has(each);
  return at < 0 ? undefined : (before.slice(at).find(isLeft) ?? before.slice(0, at).findLast(isLeft));
}

/** Where a key leads: the new index among `count` entries in rows of `columns`, or undefined for other keys. */
export function indexAfterKey(
  key: string,
  { index, count, columns, page }: { index: number; count: number; columns: number; page: number },
): number | undefined {
  const steps: Record<string, number> = {
    ArrowUp: index - columns,
    ArrowDown: index < 0 ? 0 : index + columns,
    Home: 0,
    End: count - 1,
    PageUp: index - page * columns,
    PageDown: index + page * columns,
    ...(columns > 1 ? { ArrowLeft: index - 1, ArrowRight: index + 1 } : {}),
  };
  const next = steps[key];
  if (next === undefined || count === 0) return undefined;
  // In a grid, a step up or down stays in its column rather than jumping to the first or last.
  if (columns > 1 && (key === 'ArrowUp' || key === 'ArrowDown') && (next < 0 || next >= count))
    return Math.max(0, index);
  return Math.min(count - 1, Math.max(0, next));
}

/** The next entry after `from`, around the end, that begins with what was typed; -1 for none. The same letter goes on. */
export function findTyped(names: readonly string[], typed: string, from: number): number {
  const isRepeat = [...typed].every((letter) => letter === typed[0]);
  const wanted = (isRepeat ? (typed[0] ?? '') : typed).toLowerCase();
  const first = isRepeat ? from + 1 : Math.max(0, from);
  for (let step = 0; step < names.length; step += 1) {
    const index = (first + step) % names.length;
    if (names[index]?.toLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}

function toggled(chosen: ReadonlySet<string>, name: string): Set<string> {
  const next = new Set(chosen);
  if (!next.delete(name)) next.add(name);
  return next;
}
