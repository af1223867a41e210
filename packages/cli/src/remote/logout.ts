import { PATHS } from '@porthole/protocol';
import { readArguments } from './arguments.ts';
import { HubClient, Refusal } from './hubClient.ts';
import { readToken, removeToken, tokenPath } from './tokenFile.ts';

/** `porthole logout`: ends the session at the hub and removes the token file. Returns the exit status. */
export async function logout(args: string[]): Promise<number> {
  const { values } = readArguments({ args, options: { 'token-file': { type: 'string' } } });
  const path = tokenPath(values['token-file']);
  const { hub, pin, cookie } = readToken(path);
  const client = new HubClient(hub, pin, cookie);
  try {
    await client.tell('DELETE', PATHS.session);
  } catch (error) {
    // One that has ended already is what was wanted. A hub that cannot be reached keeps the session: that is told.
    if (!(error instanceof Refusal && error.message.includes('session has ended'))) throw error;
  } finally {
    removeToken(path);
    client.close();
  }
  process.stdout.write(`Signed out of ${hub}.\n`);
  return 0;
}
