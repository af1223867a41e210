/** The list with one item in front of another, or after it; as it is when either is missing or they are one. */
export function moveBeside<T>(list: readonly T[], item: T, target: T, side: 'before' | 'after'): readonly T[] {
  if (item === target || !list.includes(item) || !list.includes(target)) return list;
  const rest = list.filter((one) => one !== item);
  return rest.toSpliced(rest.indexOf(target) + (side === 'after' ? 1 : 0), 0, item);
}

/** The list with the item `by` places further on, as far as there is room. */
export function moveBy<T>(list: readonly T[], item: T, by: number): readonly T[] {
  const at = list.indexOf(item);
  if (at < 0) return list;
  const to = Math.min(list.length - 1, Math.max(0, at + by));
  return to === at ? list : list.toSpliced(at, 1).toSpliced(to, 0, item);
}

/** How far an arrow key moves in a grid of so many columns; undefined for other keys. */
export function stepOfKey(key: string, columns: number): number | undefined {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  return steps[key];
}
