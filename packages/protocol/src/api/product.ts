import * as z from 'zod';

/** Bytes of a logo at most. */
export const MAX_LOGO_BYTES = 64 * 1024;
/** Pixels of either side of a logo at most. */
export const MAX_LOGO_SIDE = 1_024;

/** What the portal is called and shows as its sign; null is what it came with. `logo` is a path that changes with the picture. */
export const product = z.strictObject({ title: z.string().nullable(), logo: z.string().max(200).nullable() });
export type Product = z.infer<typeof product>;

/** One line of visible text. */
export const productTitle = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u);
export const setProduct = z.strictObject({ title: productTitle.nullable() });

/** A PNG, JPEG, WebP or GIF as base64. */
export const setLogo = z.strictObject({ image: z.base64().max(Math.ceil(MAX_LOGO_BYTES / 3) * 4) });
