import type { HomeField, HomeView } from '@porthole/protocol';
import { isMeter } from './fieldText.ts';

/** Fields of a card that lie over the picture or beside the name, and need no line. */
const WITHOUT_LINE: readonly HomeField[] = ['picture', 'viewers', 'alerts', 'number'];

const HEAD = 36;
const LINE = 20;
const BARS = 14;
const BELOW = 6;

/** The fields of a card that have a line of their own; the state stands at the end of the first. */
export function linesOf(fields: readonly HomeField[]): readonly HomeField[] {
  return fields.filter((field) => !WITHOUT_LINE.includes(field) && !isMeter(field) && field !== 'state');
}

/** Height of a card without its picture, or of a row, in pixels. What is shown in it depends on these figures. */
export function textHeightOf(view: HomeView, fields: readonly HomeField[], isCompact: boolean): number {
  if (view === 'table') return isCompact ? 28 : 36;
  if (view === 'list') return isCompact ? 28 : 32;
  const lines = Math.max(linesOf(fields).length, fields.includes('state') ? 1 : 0);
  return HEAD + lines * LINE + (fields.some(isMeter) ? BARS : 0) + BELOW;
}
