import * as z from 'zod';
import { ERRORS, type ErrorCode } from '../errors.ts';
import { FEATURE_NAMES, type FeatureName } from '../features/features.ts';

/** Schemas that several messages share. */
export const channelId = z.number().int().min(1).max(0x7fff_ffff);
export const deviceId = z.string().regex(/^[a-z2-7]{26}$/);
export const viewerId = z.string().min(1).max(32);
export const featureName = z.enum(FEATURE_NAMES as [FeatureName, ...FeatureName[]]);
export const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);
export const sentence = z.string().max(500);
export const nonce = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
export const publicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const params = z.record(z.string().max(32), z.union([z.string().max(256), z.number(), z.boolean()]));
export const toggles = z.strictObject(
  Object.fromEntries(FEATURE_NAMES.map((name) => [name, z.boolean()])) as Record<FeatureName, z.ZodBoolean>,
);

/** What a device says of itself. Hostile text: bounded here, shown escaped. */
export const description = z.strictObject({
  hostname: z.string().max(255),
  system: z.string().max(120),
  architecture: z.string().max(32),
  version: z.string().max(32),
});
export type Description = z.infer<typeof description>;
