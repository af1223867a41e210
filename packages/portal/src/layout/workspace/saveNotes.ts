import { PATHS } from '@porthole/protocol';
import type { Api } from '../../base/api.ts';

/**
 * Saves what is noted about a device, and nothing else of its profile, in the place of `before`. Rejects with the refusal:
 * `profile.changed` when something else is noted by now.
 */
export async function saveNotes(
  api: Pick<Api, 'request'>,
  device: string,
  { notes, before }: { notes: string; before: string },
): Promise<void> {
  await api.request(`${PATHS.devices}/profiles`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [device], profile: { notes }, notesBefore: before }),
  });
}
