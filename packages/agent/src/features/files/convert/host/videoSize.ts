/** Longer and shorter side that a small device still encodes as fast as it is played. */
const MAX = { longer: 1920, shorter: 1080 };

interface Size {
  width: number;
  height: number;
}

/** Even sides of what is encoded: no larger than necessary, with square pixels. `aspect` is that of one pixel. */
export function encodedSize({ width, height }: Size, aspect: number): Size {
  const shown = { width: width * (aspect > 0 ? aspect : 1), height };
  const [longer, shorter] = [Math.max(shown.width, shown.height), Math.min(shown.width, shown.height)];
  const factor = Math.min(1, MAX.longer / longer, MAX.shorter / shorter);
  return { width: even(shown.width * factor), height: even(shown.height * factor) };
}

function even(side: number): number {
  return Math.max(2, Math.round(side / 2) * 2);
}
