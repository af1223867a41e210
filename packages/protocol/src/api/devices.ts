import * as z from 'zod';
import { CAPABILITIES } from '../capabilities.ts';
import { screenSettings } from '../features/screenSettings.ts';
import { sendingSettings } from '../features/sendingSettings.ts';
import { statsSample } from '../features/stats.ts';
import { terminalSettings } from '../features/terminal.ts';
import { description, deviceId, featureName, toggles, viewerId } from '../wire/common.ts';
import { deviceProfile } from './profile.ts';

/** One open portal that watches or controls a device. `since` in ms since 1970. */
export const viewer = z.strictObject({
  id: viewerId,
  user: z.string(),
  controlling: z.boolean(),
  since: z.number(),
});
export type Viewer = z.infer<typeof viewer>;

/** What lists show of a device's facts. */
export const traits = z.strictObject({
  model: z.string().max(520).optional(),
  kernel: z.string().max(256).optional(),
  address: z.string().max(64).optional(),
  bootedAt: z.number().optional(),
  /** Its clock ahead of the hub's, in ms. */
  clockAhead: z.number().optional(),
  /** A magic packet can be sent for it. */
  wakeable: z.boolean(),
});
export type Traits = z.infer<typeof traits>;

/** A device as a user sees it. Times in ms since 1970 by the hub's clock. */
export const device = z.strictObject({
  id: deviceId,
  name: z.string(),
  online: z.boolean(),
  /** Online or offline since then. */
  since: z.number(),
  description,
  stats: statsSample.nullable(),
  /** Version changes with the picture: `/api/devices/{id}/thumbnail?v={version}`. */
  thumbnail: z.strictObject({ version: z.string(), width: z.number(), height: z.number(), at: z.number() }).nullable(),
  toggles,
  /** What a viewer has who chose nothing else. */
  screenSettings,
  terminalSettings,
  sending: z.strictObject({
    settings: sendingSettings,
    /** False: as all devices that nobody set anything else for. */
    own: z.boolean(),
  }),
  profile: deviceProfile,
  /** Out of its facts, what a list may show. */
  traits,
  /** How many alerts are on. */
  alerts: z.number().int().nonnegative(),
  /** At most the 16 that came first. */
  viewers: z.array(viewer).max(16),
  /** What the asking user may do here. */
  capabilities: z.array(z.enum(CAPABILITIES)),
});
export type Device = z.infer<typeof device>;

/** A device's name: one line of visible text. */
export const deviceName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);

export const renameDevice = z.strictObject({ name: deviceName });
export const setToggle = z.strictObject({ on: z.boolean() });
export const createTicket = z.strictObject({ feature: featureName, viewer: viewerId });
export const ticket = z.strictObject({ ticket: z.string() });
/** Hand control to another viewer of the same device. */
export const giveControl = z.strictObject({ to: viewerId });
/** `command` is what to run on the new device, with the token in it; `expires` in ms since 1970. */
export const enrolment = z.strictObject({ token: z.string(), command: z.string(), expires: z.number() });
export type Enrolment = z.infer<typeof enrolment>;
