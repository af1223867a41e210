import { PortholeError } from '@porthole/protocol';
import * as z from 'zod';
import { checked, devicePath } from '../../base/api.ts';
import type { Connection } from '../../base/connection.ts';

const shared = z.object({ layout: z.string().max(65_536).nullable() });

/** The arrangement that an administrator shared for everybody who opens the device; undefined when there is none. */
export async function deviceLayout({ api }: Pick<Connection, 'api'>, device: string): Promise<string | undefined> {
  try {
    const response = await api.request(`${devicePath(device)}/layout`);
    return checked(shared, await response.json()).layout ?? undefined;
  } catch (error) {
    // Without it the workspace opens as it would otherwise.
    if (error instanceof PortholeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Shares an arrangement for everybody, or none any more. Rejects with the refusal. */
export async function shareLayout(
  { api }: Pick<Connection, 'api'>,
  device: string,
  layout: string | null,
): Promise<void> {
  await api.request(`${devicePath(device)}/settings/layout`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ layout }),
  });
}
