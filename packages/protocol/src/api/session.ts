import * as z from 'zod';
import { ROLES } from '../capabilities.ts';

export const userName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u);
/** At least 10 characters, at most 1024 bytes of UTF-8; never cut. */
export const newPassword = z.string().min(10).max(1024);

export const signIn = z.strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(1024) });
export const setUp = z.strictObject({ code: z.string().min(1).max(64), username: userName, password: newPassword });
/** One's own password; the old one shows that it is oneself. */
export const changePassword = z.strictObject({ current: z.string().min(1).max(1024), next: newPassword });

/** The signed-in user. */
export const session = z.strictObject({ username: z.string(), role: z.enum(ROLES) });
export type Session = z.infer<typeof session>;

/** What a page needs before sign-in: whether an admin exists yet. Public, and nothing else is. */
export const hubStatus = z.strictObject({ needsSetup: z.boolean() });

export const errorBody = z.strictObject({ code: z.string(), message: z.string() });
export type ErrorBody = z.infer<typeof errorBody>;
