import * as z from 'zod';
import { channelId, deviceId, featureName, nonce, signature, viewerId } from './common.ts';

/**
 * The hub's word to the agent that a viewer may open one channel. Signed with the hub's identity key, single use,
 * short-lived; the agent checks it and then applies its owner's policy, which no grant can widen.
 */
export const grant = z.strictObject({
  device: deviceId,
  channel: channelId,
  feature: featureName,
  viewer: viewerId,
  user: z.string().max(64),
  /** Milliseconds since 1970 by the hub's clock at issue; the agent accepts each nonce once per connection. */
  issued: z.number().int(),
  nonce,
  signature,
});
export type Grant = z.infer<typeof grant>;

/** What the hub signs: every field of the grant and the connection it is for. */
export function grantProof(grant: Omit<Grant, 'signature'>, binding: string): string {
  const { device, channel, feature, viewer, user, issued, nonce } = grant;
  return JSON.stringify(['porthole grant v1', device, channel, feature, viewer, user, issued, nonce, binding]);
}
