import { type PanelRef, panelId, readKind } from './panels.ts';

/** How panels are arranged, in a form of our own: what it is drawn with may change, what people saved may not. */
export interface WorkspaceLayout {
  /** The direction in which the outermost places follow each other; it turns with every level. */
  direction: 'row' | 'column';
  root: LayoutBranch;
  floating: readonly FloatingPlace[];
  /** The panel in front. */
  front: PanelRef | undefined;
}

export interface LayoutBranch {
  kind: 'branch';
  /** Share of what contains it, 0..1. */
  share: number;
  nodes: readonly LayoutNode[];
}

/** Panels that share one place, as tabs. */
export interface LayoutPlace {
  kind: 'place';
  share: number;
  panels: readonly PanelRef[];
  /** Index of the one that is shown. */
  shown: number;
}

export type LayoutNode = LayoutBranch | LayoutPlace;

/** A place that floats above the others; its box in CSS pixels of the workspace. */
export interface FloatingPlace extends LayoutPlace {
  box: { left: number; top: number; width: number; height: number };
}

/** What was read of a text, and how much of it could not be used. */
export interface ReadLayout {
  /** Undefined when nothing at all could be used. */
  layout: WorkspaceLayout | undefined;
  /** Panels that are not there: of kinds or devices that do not exist, or named twice. */
  lost: number;
}

interface Readers {
  /** The device for which it is opened: what was saved without a device is meant for it. */
  home: string;
  /** Whether a device is there, as far as this person may see. */
  exists(device: string): boolean;
}

const MOST_LEVELS = 12;
const MOST_PANELS = 60;
const LEAST_SHARE = 0.02;

/** One panel and nothing else. */
export function soleLayout(panel: PanelRef): WorkspaceLayout {
  const place: LayoutPlace = { kind: 'place', share: 1, panels: [panel], shown: 0 };
  return { direction: 'row', root: { kind: 'branch', share: 1, nodes: [place] }, floating: [], front: panel };
}

/** All panels in one place, as it is shown where there is no room for more. */
export function flatLayout(layout: WorkspaceLayout): WorkspaceLayout {
  const panels = panelsOf(layout);
  const { front } = layout;
  const shown = front ? panels.findIndex((panel) => panelId(panel) === panelId(front)) : 0;
  const place: LayoutPlace = { kind: 'place', share: 1, panels, shown: Math.max(0, shown) };
  return { ...layout, root: { kind: 'branch', share: 1, nodes: [place] }, floating: [] };
}

/** Every panel, in the order in which they are read. */
export function panelsOf({ root, floating }: WorkspaceLayout): PanelRef[] {
  const of = (node: LayoutNode): readonly PanelRef[] => (node.kind === 'place' ? node.panels : node.nodes.flatMap(of));
  return [...of(root), ...floating.flatMap(of)];
}

/** As text to be saved: the panels of `home` without their device, so that it fits any other device as well. */
export function writeLayout(layout: WorkspaceLayout, home: string): string {
  const ref = ({ device, kind }: PanelRef) => (device === home ? { kind } : { kind, device });
  const node = (each: LayoutNode): object =>
    each.kind === 'branch'
      ? { share: round(each.share), nodes: each.nodes.map(node) }
      : { share: round(each.share), panels: each.panels.map(ref), shown: each.shown };
  return JSON.stringify({
    version: 1,
    direction: layout.direction,
    nodes: layout.root.nodes.map(node),
    floating: layout.floating.map((place) => ({ ...node(place), box: place.box })),
    ...(layout.front && { front: ref(layout.front) }),
  });
}

/** What of a saved layout can be opened. Whatever the text is, it does not throw. */
export function readLayout(text: string, readers: Readers): ReadLayout {
  const saved = fieldsOf(parse(text));
  const reader = new LayoutReader(readers);
  const nodes = reader.nodes(saved.nodes, 0);
  const floating = reader.floating(saved.floating);
  if (nodes.length === 0 && floating.length === 0) return { layout: undefined, lost: reader.lost };
  const layout: WorkspaceLayout = {
    direction: saved.direction === 'column' ? 'column' : 'row',
    root: { kind: 'branch', share: 1, nodes },
    floating,
    front: undefined,
  };
  const panels = panelsOf(layout);
  const front = new LayoutReader(readers).panel(saved.front);
  const known = panels.find((panel) => front && panelId(panel) === panelId(front));
  return { layout: { ...layout, front: known ?? panels[0] }, lost: reader.lost };
}

/** Reads what may be anything, keeps what makes sense, and counts what does not. */
class LayoutReader {
  lost = 0;
  readonly #readers: Readers;
  readonly #seen = new Set<string>();

  constructor(readers: Readers) {
    this.#readers = readers;
  }

  nodes(value: unknown, level: number): LayoutNode[] {
    const read = listOf(value).flatMap((each) => this.#node(each, level) ?? []);
    const sum = read.reduce((all, { share }) => all + share, 0);
    return read.map((node) => ({ ...node, share: node.share / sum }));
  }

  floating(value: unknown): FloatingPlace[] {
    return listOf(value).flatMap((each) => {
      const place = this.#place(fieldsOf(each));
      if (!place) return [];
      const box = fieldsOf(fieldsOf(each).box);
      const { left, top } = { left: pixels(box.left, 0), top: pixels(box.top, 0) };
      return [{ ...place, box: { left, top, width: pixels(box.width, 200), height: pixels(box.height, 120) } }];
    });
  }

  panel(value: unknown): PanelRef | undefined {
    const { kind: name, device = this.#readers.home } = fieldsOf(value);
    const kind = readKind(name);
    const isThere = typeof device === 'string' && this.#readers.exists(device);
    return kind && isThere ? { device, kind } : undefined;
  }

  #node(value: unknown, level: number): LayoutNode | undefined {
    const fields = fieldsOf(value);
    if (fields.nodes === undefined) return this.#place(fields);
    // Nobody arranges so deep: somebody made this to see what happens.
    if (level >= MOST_LEVELS) return undefined;
    const nodes = this.nodes(fields.nodes, level + 1);
    return nodes.length === 0 ? undefined : { kind: 'branch', share: shareOf(fields.share), nodes };
  }

  #place(fields: Record<string, unknown>): LayoutPlace | undefined {
    const wanted = listOf(fields.panels);
    const panels = wanted.flatMap((each) => this.#once(each) ?? []);
    this.lost += wanted.length - panels.length;
    if (panels.length === 0) return undefined;
    const shown = typeof fields.shown === 'number' && panels[fields.shown] ? fields.shown : 0;
    return { kind: 'place', share: shareOf(fields.share), panels, shown };
  }

  #once(value: unknown): PanelRef | undefined {
    const panel = this.panel(value);
    if (!panel || this.#seen.size >= MOST_PANELS || this.#seen.has(panelId(panel))) return undefined;
    this.#seen.add(panelId(panel));
    return panel;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_PANELS) : [];
}

function shareOf(value: unknown): number {
  return typeof value === 'number' && value > LEAST_SHARE && value <= 1 ? value : LEAST_SHARE;
}

function pixels(value: unknown, least: number): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.round(Math.min(10_000, Math.max(least, value)))
    : least;
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
