import * as z from 'zod';
import { deviceFacts } from '../features/facts.ts';
import { sendingSettings } from '../features/sendingSettings.ts';
import { terminalSettings } from '../features/terminal.ts';
import { channelId, description, errorCode, featureName, params, sentence, toggles } from './common.ts';
import { GROUP_BIT } from './frame.ts';
import { grant } from './grant.ts';
import type { MessageTable } from './messages.ts';

const request = z.number().int().min(1).max(0xffff_ffff);

/** Control messages, hub to agent, after the handshake. */
export const toAgent = {
  'channel.open': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('channel.open'), grant, params }),
  },
  'channel.close': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('channel.close'), channel: channelId, code: errorCode }),
  },
  /** The viewer of a lossy channel was skipped and has room again: send it a whole picture, starting with a sync frame. */
  'channel.lagged': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('channel.lagged'), channel: channelId }),
  },
  'toggle.set': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('toggle.set'), request, feature: featureName, on: z.boolean() }),
  },
  /** What holds for the terminals of the device; sent after the handshake, and when it changes. */
  'terminal.settings': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('terminal.settings'), settings: terminalSettings }),
  },
  /** What the device sends by itself; sent after the handshake, and when it changes. */
  'sending.settings': {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('sending.settings'), settings: sendingSettings }),
  },
} as const satisfies MessageTable;

/** Control messages, agent to hub, after the handshake. */
export const fromAgent = {
  'channel.opened': {
    right: 'agent',
    schema: z.strictObject({ type: z.literal('channel.opened'), channel: channelId }),
  },
  /** From here on, data frames of that group are meant for this channel too; null takes it out of its group again. */
  'channel.group': {
    right: 'agent',
    schema: z.strictObject({
      type: z.literal('channel.group'),
      channel: channelId,
      group: z.number().int().min(GROUP_BIT).max(0xffff_ffff).nullable(),
    }),
  },
  'channel.closed': {
    right: 'agent',
    schema: z.strictObject({
      type: z.literal('channel.closed'),
      channel: channelId,
      code: errorCode,
      message: sentence,
    }),
  },
  state: {
    right: 'agent',
    schema: z.strictObject({
      type: z.literal('state'),
      description: description.optional(),
      toggles: toggles.optional(),
      /** After the handshake, and when they change. */
      facts: deviceFacts.optional(),
    }),
  },
  reply: {
    right: 'agent',
    schema: z.strictObject({ type: z.literal('reply'), request, code: errorCode.optional() }),
  },
  /** A clean exit: the device is offline from now on. */
  bye: {
    right: 'agent',
    schema: z.strictObject({ type: z.literal('bye') }),
  },
} as const satisfies MessageTable;
