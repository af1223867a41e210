import { texts } from '../../base/texts.ts';

interface GridShape {
  rows: number;
  columns?: number;
  /** The id of the entry that the keyboard is at, when it is in the page. */
  active: string | undefined;
  /** Whether more is coming. */
  busy: boolean;
}

/** A table that takes the keyboard as a whole is a grid. */
export function gridProps({ rows, columns, active, busy }: GridShape) {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-label': texts.files.title,
    'aria-rowcount': rows,
    'aria-colcount': columns,
    'aria-multiselectable': true,
    'aria-activedescendant': active,
    'aria-busy': busy,
  } as const;
}

/** A cell that can be chosen by itself. */
export function cellProps(chosen: boolean) {
  return { role: 'gridcell', 'aria-selected': chosen } as const;
}

/** What scrolls must be within reach of the keyboard. */
export const SCROLLS = { tabIndex: 0 } as const;

/** Takes keys and drags as they come, not by the rules of a document. */
export function stageProps<Handlers extends object>(label: string, handlers: Handlers) {
  return { role: 'application', tabIndex: 0, 'aria-label': label, ...handlers } as const;
}
