import { openDirectLink } from './direct.ts';
import type { OpenLink } from './link.ts';
import { steady } from './shape.ts';
import { openShapedLink } from './shaped.ts';

/** A kind of link, by name. */
export interface LinkKind {
  /** As chosen on the command line. */
  id: string;
  name: string;
  open: OpenLink;
  /** How long a picture may take to become exact until the bench gives up, ms. */
  patienceMs: number;
}

export const loopback: LinkKind = { id: 'loopback', name: 'loopback', open: openDirectLink, patienceMs: 5_000 };

/** A good home connection from afar. */
export const link20: LinkKind = {
  id: '20',
  name: '20 Mbit/s, 10 ms',
  open: (port) => openShapedLink(port, steady(20, 10)),
  patienceMs: 8_000,
};

/** A poor one. */
export const link5: LinkKind = {
  id: '5',
  name: '5 Mbit/s, 40 ms',
  open: (port) => openShapedLink(port, steady(5, 40)),
  patienceMs: 10_000,
};

/** The other side of the world. */
export const farLink: LinkKind = {
  id: 'far',
  name: '5 Mbit/s, 60 ms',
  open: (port) => openShapedLink(port, steady(5, 60)),
  patienceMs: 10_000,
};

export const LINKS: readonly LinkKind[] = [loopback, link20, link5];
