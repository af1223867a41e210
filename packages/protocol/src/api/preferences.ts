import * as z from 'zod';
import { DEVICE_COLOURS } from './profile.ts';

const deviceId = z.string().regex(/^[a-z2-7]{26}$/);
const name = z.string().trim().min(1).max(64);

export const HOME_VIEWS = ['cards', 'table', 'list', 'wall'] as const;
export type HomeView = (typeof HOME_VIEWS)[number];
/** What a card, a row or a tile may show of a device, beside its name. */
export const HOME_FIELDS = [
  'picture',
  'state',
  'system',
  'cpu',
  'memory',
  'disk',
  'network',
  'temperature',
  'load',
  'battery',
  'uptime',
  'address',
  'model',
  'kernel',
  'number',
  'group',
  'tags',
  'notes',
  'viewers',
  'version',
  'alerts',
] as const;
export type HomeField = (typeof HOME_FIELDS)[number];
export const HOME_GROUPINGS = ['none', 'group', 'tag', 'system', 'state'] as const;
export const HOME_SORTINGS = ['name', 'number', 'state', 'cpu', 'memory', 'own'] as const;

const fields = z.array(z.enum(HOME_FIELDS)).max(HOME_FIELDS.length);

/** How somebody likes the home page on screens of one size. */
export const homeSettings = z.strictObject({
  view: z.enum(HOME_VIEWS),
  /** In this order, of each view. */
  fields: z.strictObject({ cards: fields, table: fields, list: fields, wall: fields }),
  /** Width of a card or tile in pixels. */
  size: z.number().int().min(140).max(640),
  grouping: z.enum(HOME_GROUPINGS),
  sorting: z.enum(HOME_SORTINGS),
  descending: z.boolean(),
  unhealthyFirst: z.boolean(),
  favouritesFirst: z.boolean(),
});
export type HomeSettings = z.infer<typeof homeSettings>;

/** Panels of a workspace. Everything of `layout` is the workspace's own form, checked when it is opened. */
export const namedLayout = z.strictObject({ id: z.string().min(1).max(32), name, layout: z.string().max(65_536) });
export type NamedLayout = z.infer<typeof namedLayout>;

/** How the portal looks to somebody. */
export const appearance = z.strictObject({
  scheme: z.enum(['system', 'light', 'dark']),
  accent: z.enum(DEVICE_COLOURS),
  density: z.enum(['comfortable', 'compact']),
  language: z.enum(['system', 'en', 'de']),
  motion: z.enum(['system', 'reduced']),
});
export type Appearance = z.infer<typeof appearance>;

/** The parts that are saved one by one; each replaces what was there. */
export const PREFERENCE_PARTS = {
  /** From 760 pixels of width on. */
  homeWide: homeSettings,
  homeNarrow: homeSettings,
  favourites: z.array(deviceId).max(2_000),
  /** Devices in an order of one's own; those that are not named come after. */
  order: z.array(deviceId).max(5_000),
  layouts: z.array(namedLayout).max(50),
  /** The workspace as it was left, of each device that has one of its own, or '' for that of all. */
  workspaces: z
    .record(z.string().regex(/^(?:[a-z2-7]{26})?$/), z.string().max(65_536))
    .refine((all) => Object.keys(all).length <= 200),
  appearance,
} as const;
export type PreferencePart = keyof typeof PREFERENCE_PARTS;
export const PREFERENCE_PART_NAMES = Object.keys(PREFERENCE_PARTS) as PreferencePart[];

/** What is saved: parts that were never set are missing. The same form is exported and imported. */
export const preferences = z.strictObject(PREFERENCE_PARTS).partial();
export type Preferences = z.infer<typeof preferences>;

/** One's own, and what an admin chose for those who have nothing of their own. */
export const allPreferences = z.strictObject({ own: preferences, defaults: preferences });
export type AllPreferences = z.infer<typeof allPreferences>;

/** A workspace that an admin shares with all who look at a device, in the workspace's own form; null is none. */
export const sharedLayout = z.strictObject({ layout: z.string().max(65_536).nullable() });
export type SharedLayout = z.infer<typeof sharedLayout>;

/** The body that saves one part; its value has the form of that part. */
export const savePreference = z.strictObject({ value: z.unknown() });
