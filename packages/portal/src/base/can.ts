import type { Capability, Device, Session } from '@porthole/protocol';

/** Whether to offer something on a device. It only hides what the hub would refuse; the hub decides. */
export function can(device: Pick<Device, 'capabilities'>, capability: Capability): boolean {
  return device.capabilities.includes(capability);
}

/** Whether to offer adding devices. */
export function canEnrol(session: Pick<Session, 'role'>): boolean {
  return session.role === 'admin';
}
