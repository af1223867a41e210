import type { Capability } from '@porthole/protocol';

/** What can be shown of a device, in the order in which it is offered. */
export const PANEL_KINDS = ['screen', 'files', 'terminal', 'health', 'notes'] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

/** A panel belongs to a device; there is one of each kind. */
export interface PanelRef {
  device: string;
  kind: PanelKind;
}

/** What a person needs for a panel to be offered at all. */
export const PANEL_RIGHTS: Readonly<Record<PanelKind, Capability>> = {
  screen: 'view',
  files: 'files.read',
  terminal: 'view',
  health: 'stats',
  notes: 'view',
};

/** The name of a panel among those of a workspace. */
export function panelId({ device, kind }: PanelRef): string {
  return `${kind}:${device}`;
}

/** The panel of that name; undefined for nonsense. */
export function readPanelId(id: string): PanelRef | undefined {
  const at = id.indexOf(':');
  const kind = readKind(id.slice(0, at));
  const device = id.slice(at + 1);
  return at > 0 && kind && device !== '' ? { device, kind } : undefined;
}

/** The kind of that name, if there is one. */
export function readKind(name: unknown): PanelKind | undefined {
  return PANEL_KINDS.find((kind) => kind === name);
}

/** The address at which a panel begins. */
export function panelUrl({ device, kind }: PanelRef): string {
  const base = `/devices/${encodeURIComponent(device)}`;
  return kind === 'screen' ? base : `${base}/${kind}`;
}

const DEVICE_PATH = /^\/devices\/(?<device>[^/]+)(?:\/(?<kind>[^/]*))?(?:\/|$)/;

/** The panel that an address of the page speaks of: the screen where it says nothing else. Undefined elsewhere. */
export function readPanelUrl(pathname: string): PanelRef | undefined {
  const { device, kind } = DEVICE_PATH.exec(pathname)?.groups ?? {};
  if (device === undefined) return undefined;
  try {
    return { device: decodeURIComponent(device), kind: readKind(kind) ?? 'screen' };
  } catch {
    return undefined;
  }
}
