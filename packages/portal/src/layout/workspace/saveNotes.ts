import { PATHS } from '@porthole/protocol';
import type { Api } from '../../base/api.ts';

/** Saves what is noted about a device, and nothing else of its profile. Rejects with the refusal. */
export async function saveNotes(api: Pick<Api, 'request'>, device: string, notes: string): Promise<void> {
  await api.request(`${PATHS.devices}/profiles`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [device], profile: { notes } }),
  });
}
