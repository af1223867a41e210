import { type Capability, deviceId as deviceIdForm, ROLE_CAPABILITIES, type Role } from '@porthole/protocol';

/** Who asks: a signed-in user in one session. */
export interface Subject {
  readonly sessionId: string;
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
}

/** Stands for the hub itself where a device's id is expected; only `admin` can be asked about it. */
export const THE_HUB = '';

/**
 * The one decision: may this user do that on this device? Default is no. Called when a channel opens and by the hook in
 * front of every route.
 */
export function allows(subject: Subject, deviceId: string, capability: Capability): boolean {
  const known = deviceId === THE_HUB ? capability === 'admin' : deviceIdForm.safeParse(deviceId).success;
  if (!known || !Object.hasOwn(ROLE_CAPABILITIES, subject.role)) return false;
  return ROLE_CAPABILITIES[subject.role].includes(capability);
}

/** All that the user may do on the device, by the same decision. */
export function capabilitiesOf(subject: Subject, deviceId: string): Capability[] {
  return ROLE_CAPABILITIES.admin.filter((capability) => allows(subject, deviceId, capability));
}
