import type { Session } from '@porthole/protocol';

const SECTIONS = ['appearance', 'home', 'hub', 'sending', 'history', 'alerts', 'account', 'about'] as const;
/** A section of the settings, and the last part of its address: `/settings/history`. */
export type SectionName = (typeof SECTIONS)[number];

/** What concerns everybody on the hub, and is not shown to who may not change it. */
const OF_ADMINS: ReadonlySet<SectionName> = new Set(['hub', 'sending', 'history']);

/** The sections that somebody of this role sees, in order. */
export function sectionsFor(role: Session['role']): readonly SectionName[] {
  return SECTIONS.filter((name) => role === 'admin' || !OF_ADMINS.has(name));
}
