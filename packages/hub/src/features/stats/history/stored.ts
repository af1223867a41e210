/** What `decode` makes of a stored row; undefined for one that cannot be read, such as what a damaged disk gave back: it counts as a gap. */
export function orGap<Content>(decode: () => Content): Content | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

/** Throws `RangeError` behind the end, and for what is no number: nothing like it was ever stored. */
export function storedFloat(view: DataView, at: number): number {
  const value = view.getFloat32(at);
  if (!Number.isFinite(value)) throw new RangeError('a stored figure is no number');
  return value;
}
