import type * as z from 'zod';
import type { Capability } from '../capabilities.ts';

/** What one feature promises to the relay. The relay acts on these words alone and never looks into the payload. */
export interface FeatureSpec<Params extends z.ZodType = z.ZodType> {
  /** The right that a ticket for a channel of this feature needs. */
  readonly capability: Capability;
  /** lossy: latest wins, what cannot be delivered is dropped and refreshed. reliable: byte credit, the sender waits. */
  readonly delivery: 'lossy' | 'reliable';
  /** interactive and bulk traffic travel on separate connections. */
  readonly link: 'interactive' | 'bulk';
  /** Initial byte credit of a reliable channel, per direction; `LIMITS.reliableWindow` when left out. */
  readonly window?: number;
  /** What a viewer says when it opens a channel. */
  readonly params: Params;
  /** The right that a channel with these parameters needs, where it is not the same for all. Throws on other parameters. */
  readonly capabilityFor?: (params: unknown) => Capability;
}
