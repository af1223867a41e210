import { COLUMNS, type Column } from './arrangeEntries.ts';

/** How this person likes to look at folders, kept in the browser. */
export interface FilesPreferences {
  view: 'list' | 'grid';
  hidden: boolean;
  sort: Column;
  descending: boolean;
}

const KEY = 'porthole.files';
const DEFAULTS: FilesPreferences = { view: 'list', hidden: false, sort: 'name', descending: false };

/** What was chosen last; the defaults for whatever is missing or was tampered with. */
export function readPreferences(storage: Pick<Storage, 'getItem'>): FilesPreferences {
  const kept = parse(storage);
  return {
    view: kept.view === 'grid' ? 'grid' : 'list',
    hidden: kept.hidden === true,
    sort: COLUMNS.find((column) => column === kept.sort) ?? DEFAULTS.sort,
    descending: kept.descending === true,
  };
}

/** Keeps them; a browser that keeps nothing still shows everything. */
export function keepPreferences(storage: Pick<Storage, 'setItem'>, preferences: FilesPreferences): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(preferences));
    return true;
  } catch {
    return false;
  }
}

function parse(storage: Pick<Storage, 'getItem'>): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
