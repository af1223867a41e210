import * as z from 'zod';
import { CAPABILITIES } from '../capabilities.ts';
import { screenSettings } from '../features/screenSettings.ts';
import { statsSample } from '../features/stats.ts';
import { terminalSettings } from '../features/terminal.ts';
import { description, deviceId, featureName, toggles, viewerId } from '../wire/common.ts';

/** One open portal that watches or controls a device. `since` in ms since 1970. */
export const viewer = z.strictObject({
  id: viewerId,
  user: z.string(),
  controlling: z.boolean(),
  since: z.number(),
});
export type Viewer = z.infer<typeof viewer>;

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
