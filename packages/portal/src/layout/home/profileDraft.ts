import { type DeviceProfile, deviceName, deviceProfile } from '@porthole/protocol';

/** A device's profile as it stands in the fields of a form. */
export interface ProfileDraft {
  name: string;
  number: string;
  icon: DeviceProfile['icon'];
  colour: DeviceProfile['colour'];
  group: string;
  tags: string;
  notes: string;
}

/** The fields of which something does not fit. */
export type DraftProblems = Partial<Record<keyof ProfileDraft, true>>;

/** The form for what is there. */
export function draftOf(name: string, { number, group, tags, ...rest }: DeviceProfile): ProfileDraft {
  return { ...rest, name, number: number === null ? '' : String(number), group: group ?? '', tags: tags.join(', ') };
}

/** What the form says, if all of it fits. */
export function readDraft(draft: ProfileDraft): { name: string; profile: DeviceProfile } | { problems: DraftProblems } {
  const name = deviceName.safeParse(draft.name);
  const profile = deviceProfile.safeParse({
    icon: draft.icon,
    colour: draft.colour,
    notes: draft.notes,
    number: numberOf(draft.number),
    group: draft.group.trim() === '' ? null : draft.group,
    tags: splitTags(draft.tags),
  });
  if (name.success && profile.success) return { name: name.data, profile: profile.data };
  const problems: DraftProblems = name.success ? {} : { name: true };
  for (const issue of profile.error?.issues ?? []) problems[issue.path[0] as keyof ProfileDraft] = true;
  return { problems };
}

/** Words between commas, each once. */
export function splitTags(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}

function numberOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}
