import type { HomeSettings, PREFERENCE_PARTS, PreferencePart } from '@porthole/protocol';
import type { output } from 'zod';

/** What each part holds. */
export type PreferenceValues = { [Part in PreferencePart]: output<(typeof PREFERENCE_PARTS)[Part]> };

const HOME: HomeSettings = {
  view: 'cards',
  fields: {
    cards: ['picture', 'state', 'system', 'cpu', 'memory', 'viewers', 'alerts'],
    table: ['state', 'system', 'cpu', 'memory', 'disk', 'uptime', 'address', 'group', 'tags', 'alerts'],
    list: ['system', 'cpu', 'alerts'],
    wall: ['state', 'alerts'],
  },
  size: 240,
  grouping: 'none',
  sorting: 'name',
  descending: false,
  unhealthyFirst: false,
  favouritesFirst: false,
};

/** What holds for a user who chose nothing, on a hub whose admins chose nothing. */
export const BUILT_IN: PreferenceValues = {
  homeWide: HOME,
  homeNarrow: {
    ...HOME,
    fields: { ...HOME.fields, table: ['cpu', 'memory', 'alerts', 'state'], list: ['cpu', 'alerts'] },
    size: 160,
  },
  favourites: [],
  order: [],
  layouts: [],
  workspaces: {},
  appearance: { scheme: 'system', accent: 'blue', density: 'comfortable', language: 'system', motion: 'system' },
};
