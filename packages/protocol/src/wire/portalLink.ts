import * as z from 'zod';
import { alert } from '../api/alerts.ts';
import { device } from '../api/devices.ts';
import { PREFERENCE_PART_NAMES } from '../api/preferences.ts';
import { product } from '../api/product.ts';
import { session } from '../api/session.ts';
import { statsSample } from '../features/stats.ts';
import { channelId, deviceId, errorCode, params, sentence, viewerId } from './common.ts';
import type { MessageTable } from './messages.ts';

/** Control messages, portal to hub. */
export const fromPortal = {
  'channel.open': {
    right: 'ticket',
    schema: z.strictObject({
      type: z.literal('channel.open'),
      channel: channelId,
      ticket: z.string().min(1).max(64),
      params,
    }),
  },
  'channel.close': {
    right: 'session',
    schema: z.strictObject({ type: z.literal('channel.close'), channel: channelId }),
  },
  /** Send device lists and changes on this connection from now on. */
  subscribe: {
    right: 'session',
    schema: z.strictObject({ type: z.literal('subscribe') }),
  },
  /** What is on screen right now, replacing what was said before. Devices that the user may not see are left out silently. */
  watch: {
    right: 'view',
    schema: z.strictObject({
      type: z.literal('watch'),
      stats: z.array(deviceId).max(500),
      thumbnails: z.array(deviceId).max(500),
    }),
  },
  ping: {
    right: 'session',
    schema: z.strictObject({ type: z.literal('ping'), sentAt: z.number() }),
  },
} as const satisfies MessageTable;

/** Control messages, hub to portal. */
export const toPortal = {
  /** First message on every connection. `viewer` names this page in tickets and viewer lists. */
  welcome: {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('welcome'), viewer: viewerId, session }),
  },
  /** All devices that the user may see, in as many messages as it takes; `more` is false in the last. */
  devices: {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('devices'), devices: z.array(device).max(16), more: z.boolean() }),
  },
  device: {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('device'), device }),
  },
  'device.removed': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('device.removed'), id: deviceId }),
  },
  'device.stats': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('device.stats'), id: deviceId, stats: statsSample }),
  },
  /** All alerts that are on, the latest first, of devices whose health the user may see: once subscribed, and whole at each change. */
  alerts: {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('alerts'), alerts: z.array(alert).max(200) }),
  },
  'channel.opened': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('channel.opened'), channel: channelId }),
  },
  'channel.closed': {
    right: 'hub',
    schema: z.strictObject({
      type: z.literal('channel.closed'),
      channel: channelId,
      code: errorCode,
      message: sentence,
    }),
  },
  /** Whoever was in control gave it to this viewer: open an input channel. */
  'control.offered': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('control.offered'), device: deviceId, from: z.string() }),
  },
  'session.ended': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('session.ended'), code: errorCode }),
  },
  /** A part of what this user prefers was saved from another page, or the default of a part for all; null: many at once. Read again. */
  'preferences.changed': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('preferences.changed'), part: z.enum(PREFERENCE_PART_NAMES).nullable() }),
  },
  /** What the portal is called and shows as its sign, from now on. */
  product: {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('product'), product }),
  },
  pong: {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('pong'), sentAt: z.number() }),
  },
} as const satisfies MessageTable;
