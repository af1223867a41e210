import { type ChangeProfiles, type DeviceProfile, PortholeError, tidyNotes } from '@porthole/protocol';

/** Tags of one device at most; as in the schema of a profile. */
const MAX_TAGS = 16;

/**
 * The profile after the change; what the change leaves out stays. Throws `request.invalid` when it would have too many tags,
 * `profile.changed` when the notes are not those that the change is of.
 */
export function changeProfile(profile: DeviceProfile, change: Omit<ChangeProfiles, 'ids'>): DeviceProfile {
  const { number, icon, colour, group, notes } = change.profile;
  if (change.notesBefore !== undefined && change.notesBefore !== profile.notes)
    throw new PortholeError('profile.changed');
  const removed = new Set(change.removeTags);
  const tags = [...profile.tags.filter((tag) => !removed.has(tag)), ...(change.addTags ?? [])];
  return tidyProfile({
    number: number === undefined ? profile.number : number,
    icon: icon === undefined ? profile.icon : icon,
    colour: colour === undefined ? profile.colour : colour,
    group: group === undefined ? profile.group : group,
    notes: notes ?? profile.notes,
    tags,
  });
}

/** The same with each tag once, and notes without control characters. Throws `request.invalid` when there are too many. */
export function tidyProfile(profile: DeviceProfile): DeviceProfile {
  const tags = [...new Set(profile.tags)];
  if (tags.length > MAX_TAGS)
    throw new PortholeError('request.invalid', `A device has at most ${MAX_TAGS} tags. Nothing was changed.`);
  return { ...profile, tags, notes: tidyNotes(profile.notes) };
}
