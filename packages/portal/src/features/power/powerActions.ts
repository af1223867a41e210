import type { DeviceFacts, PowerAction } from '@porthole/protocol';

/** What can be done to a machine, in the order in which it is offered; nothing while its facts are not known. */
export function offeredActions(facts: Pick<DeviceFacts, 'power'> | undefined): PowerAction[] {
  return ORDER.filter((action) => facts?.power.includes(action));
}

/** From what disturbs least to what disturbs most. */
const ORDER: readonly PowerAction[] = ['lock', 'sleep', 'restart', 'shutDown'];
