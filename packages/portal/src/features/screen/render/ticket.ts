import { errorBody, type FeatureName, isErrorCode, PATHS, PortholeError, ticket } from '@porthole/protocol';

/** Asks the hub for a ticket to open one channel. Throws the hub's refusal as `PortholeError`. */
export async function fetchTicket(
  origin: string,
  deviceId: string,
  want: { feature: FeatureName; viewer: string },
): Promise<string> {
  const response = await fetch(new URL(`${PATHS.devices}/${deviceId}/tickets`, origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(want),
  });
  const body: unknown = await response.json();
  if (response.ok) return ticket.parse(body).ticket;
  const { code } = errorBody.parse(body);
  throw new PortholeError(isErrorCode(code) ? code : 'internal');
}
