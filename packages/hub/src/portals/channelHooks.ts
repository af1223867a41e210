import type { ErrorCode, FeatureName } from '@porthole/protocol';
import type { Subject } from '../auth/sessions.ts';
import type { LiveDevice } from '../devices/liveDevice.ts';

/** A channel that a portal opens: who, where, and what was asked. */
export interface ChannelContext {
  device: LiveDevice;
  viewer: string;
  subject: Subject;
  params: Record<string, string | number | boolean>;
  /** Ends the channel from the hub's side. */
  close(code: ErrorCode): void;
}

/** What a feature's room on the hub adds to a channel of its own. A feature without an entry cannot be opened by portals. */
export interface ChannelHooks {
  /** What the log says of an opening; undefined where it is no event of its own, such as looking into a folder. */
  logged?(context: ChannelContext): Record<string, string> | undefined;
  /** Throws `PortholeError` to refuse; otherwise the channel counts as open from here on. */
  opening(context: ChannelContext): void;
  closed(context: ChannelContext): void;
}

export type HooksTable = Partial<Record<FeatureName, ChannelHooks>>;
