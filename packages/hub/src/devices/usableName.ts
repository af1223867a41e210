import { deviceName } from '@porthole/protocol';

/** Control and formatting characters, line and paragraph separators: what makes text lie about itself. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** The first of the wishes that, cleaned and cut to length, can name a device. The last resort is part of its id. */
export function usableName(wishes: readonly (string | undefined)[], id: string): string {
  for (const wish of wishes) {
    const cleaned = (wish ?? '').replace(UNSEEN, ' ').trim().slice(0, 64).toWellFormed();
    const name = deviceName.safeParse(cleaned.replace(/\uFFFD$/u, ''));
    if (name.success) return name.data;
  }
  return `device ${id.slice(0, 6)}`;
}
