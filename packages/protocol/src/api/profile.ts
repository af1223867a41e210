import * as z from 'zod';

/** Signs that a device may carry on its card. */
export const DEVICE_ICONS = [
  'desktop',
  'laptop',
  'server',
  'rack',
  'phone',
  'tablet',
  'tv',
  'printer',
  'camera',
  'router',
  'storage',
  'robot',
  'flask',
  'home',
  'music',
  'game',
] as const;
export const DEVICE_COLOURS = ['grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink'] as const;

/** One line of visible text. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);

/** How people arranged a device: all of it is theirs, none the device's. */
export const deviceProfile = z.strictObject({
  number: z.number().int().min(0).max(999_999).nullable(),
  icon: z.enum(DEVICE_ICONS).nullable(),
  colour: z.enum(DEVICE_COLOURS).nullable(),
  group: line(64).nullable(),
  tags: z.array(line(32)).max(16),
  notes: z.string().max(10_000),
});
export type DeviceProfile = z.infer<typeof deviceProfile>;

/** What has no place in a note; each of them would take six bytes on the wire, too. */
const NO_TEXT = /[^\P{Cc}\n\t]/gu;

/** Notes as the hub keeps them: without control characters. */
export function tidyNotes(notes: string): string {
  return notes.toWellFormed().replace(NO_TEXT, '');
}

export const EMPTY_PROFILE: DeviceProfile = {
  number: null,
  icon: null,
  colour: null,
  group: null,
  tags: [],
  notes: '',
};

/** The same change for many devices; what is left out stays as it is. Tags are added and taken away, so that others stay. */
export const changeProfiles = z.strictObject({
  ids: z
    .array(z.string().regex(/^[a-z2-7]{26}$/))
    .min(1)
    .max(1_000),
  profile: deviceProfile.omit({ tags: true }).partial(),
  addTags: z.array(line(32)).max(16).optional(),
  removeTags: z.array(line(32)).max(16).optional(),
  /** The notes that these are to take the place of: what somebody else wrote meanwhile is not lost (`profile.changed`). */
  notesBefore: deviceProfile.shape.notes.optional(),
});
export type ChangeProfiles = z.infer<typeof changeProfiles>;
