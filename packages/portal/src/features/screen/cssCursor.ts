import type { ScreenSnapshot } from './screenSession.ts';

/** The device's cursor as a CSS `cursor` value, so that the pointer never waits for a picture. A hidden cursor is 'none'. */
export function cssCursor(cursor: ScreenSnapshot['cursor']): string {
  if (cursor === null) return 'default';
  if (cursor.url === '') return 'none';
  return `url("${cursor.url}") ${cursor.hotX} ${cursor.hotY}, default`;
}
