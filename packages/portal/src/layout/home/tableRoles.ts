/**
 * Roles of a table of which only the rows near the window are in the page: elements of a real table would lay themselves
 * out, and could not be placed.
 */
export const ROW_GROUP = { role: 'rowgroup' } as const;
export const ROW = { role: 'row' } as const;
export const CELL = { role: 'cell' } as const;
export const ROW_HEADER = { role: 'rowheader' } as const;

/** `rows` are all there are, with the head. */
export function tableProps(label: string, rows: number) {
  return { role: 'table', 'aria-label': label, 'aria-rowcount': rows } as const;
}

/** `index` counts from 1, which is the head. */
export function rowProps(index: number) {
  return { role: 'row', 'aria-rowindex': index } as const;
}

export function columnHeaderProps(sorted: 'ascending' | 'descending' | undefined) {
  return { role: 'columnheader', 'aria-sort': sorted } as const;
}
