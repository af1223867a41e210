import * as z from 'zod';

export type Direction = 'row' | 'column';

/** How the panes of a tab lie beside and below each other. `share` is the part of the first, between 0 and 1. */
export type PaneTree =
  | { kind: 'pane'; pane: string }
  | { kind: 'split'; direction: Direction; share: number; first: PaneTree; second: PaneTree };

/** Deeper splits are no use to anybody. */
const DEEPEST = 8;
const LEAST_SHARE = 0.1;

/** The panes in reading order. */
export function panesOf(tree: PaneTree): string[] {
  return tree.kind === 'pane' ? [tree.pane] : [...panesOf(tree.first), ...panesOf(tree.second)];
}

/** Halves the place of `pane`; the new one comes after it. The tree itself when that would go too deep. */
export function splitPane(tree: PaneTree, pane: string, direction: Direction, added: string): PaneTree {
  if (depthOf(tree) >= DEEPEST) return tree;
  return replacePane(tree, pane, (leaf) => ({
    kind: 'split',
    direction,
    share: 0.5,
    first: leaf,
    second: { kind: 'pane', pane: added },
  }));
}

/** Without `pane`: its neighbour takes its place. Undefined when nothing is left. */
export function withoutPane(tree: PaneTree, pane: string): PaneTree | undefined {
  if (tree.kind === 'pane') return tree.pane === pane ? undefined : tree;
  const [first, second] = [withoutPane(tree.first, pane), withoutPane(tree.second, pane)];
  if (!first || !second) return first ?? second;
  return first === tree.first && second === tree.second ? tree : { ...tree, first, second };
}

/** Moves the border of the split that begins with `pane` on its first side and has `path` of turns to it. */
export function withShare(tree: PaneTree, path: readonly Side[], share: number): PaneTree {
  if (tree.kind === 'pane') return tree;
  const [turn, ...rest] = path;
  if (turn !== undefined) return { ...tree, [turn]: withShare(tree[turn], rest, share) };
  return { ...tree, share: Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share)) };
}

export type Side = 'first' | 'second';

/** The pane that lies next to `pane` in a direction; undefined at the edge. */
export function neighbourOf(tree: PaneTree, pane: string, direction: Direction, by: 1 | -1): string | undefined {
  if (tree.kind === 'pane') return undefined;
  const inFirst = panesOf(tree.first).includes(pane);
  const within = neighbourOf(inFirst ? tree.first : tree.second, pane, direction, by);
  if (within !== undefined) return within;
  if (tree.direction !== direction || inFirst !== (by === 1)) return undefined;
  return by === 1 ? panesOf(tree.second)[0] : panesOf(tree.first).at(-1);
}

function replacePane(tree: PaneTree, pane: string, make: (leaf: PaneTree) => PaneTree): PaneTree {
  if (tree.kind === 'pane') return tree.pane === pane ? make(tree) : tree;
  return { ...tree, first: replacePane(tree.first, pane, make), second: replacePane(tree.second, pane, make) };
}

function depthOf(tree: PaneTree): number {
  return tree.kind === 'pane' ? 0 : 1 + Math.max(depthOf(tree.first), depthOf(tree.second));
}

/** As it was kept: nothing of it is trusted. */
export const paneTree: z.ZodType<PaneTree> = z.lazy(() =>
  z.union([
    z.strictObject({ kind: z.literal('pane'), pane: z.string().min(1).max(64) }),
    z.strictObject({
      kind: z.literal('split'),
      direction: z.enum(['row', 'column']),
      share: z
        .number()
        .min(LEAST_SHARE)
        .max(1 - LEAST_SHARE),
      first: paneTree,
      second: paneTree,
    }),
  ]),
);
