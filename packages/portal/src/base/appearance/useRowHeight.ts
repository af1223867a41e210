import type { Appearance } from '@porthole/protocol';
import { usePortal } from '../portalContext.ts';
import { useSelected } from '../useStore.ts';

/** What `--row` of theme.css is, in CSS pixels, for the arithmetic of long lists. */
const HEIGHTS: Readonly<Record<Appearance['density'], number>> = { comfortable: 28, compact: 24 };

/** How close together the person likes things. */
export function useDensity(): Appearance['density'] {
  return useSelected(usePortal().look.current, ({ density }) => density);
}

/** Height of a row in a list or table, in CSS pixels. */
export function useRowHeight(): number {
  return HEIGHTS[useDensity()];
}
