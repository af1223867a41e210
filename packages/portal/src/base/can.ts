import type { Capability, Device, Session } from '@porthole/protocol';

/** Whether to offer something on a device. It only hides what the hub would refuse; the hub decides. */
export function can(device: Pick<Device, 'capabilities'>, capability: Capability): boolean {
  return device.capabilities.includes(capability);
}

/** Whether to offer adding devices. */
export function canEnrol(session: Pick<Session, 'role'>): boolean {
  return session.role === 'admin';
}

/** Whether to offer changing what a device has for everybody. */
export function canConfigure(device: Pick<Device, 'capabilities'>): boolean {
  return can(device, 'admin');
}

/** Whether to offer switching a device's live feeds. */
export function canToggle(device: Pick<Device, 'capabilities'>): boolean {
  return can(device, 'control');
}
