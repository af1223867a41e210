import type { DeviceFacts } from '@porthole/protocol';

/** Interfaces that programs made: bridges, tunnels and the ends of containers. Nobody types their addresses, and nothing wakes by them. */
const MADE =
  /^(?:lo\d*$|docker|br-|veth|virbr|vnet|vmnet|vboxnet|tun|tap|wg|zt|tailscale|utun|cni|flannel|cali|podman|lxc|lxd)/i;

/** Whether an interface of that name is no part of the machine. */
export function isMadeInterface(name: string): boolean {
  return MADE.test(name);
}

/** Where magic packets for the device go: the hardware addresses of its real interfaces, each once. */
export function wakeMacs(facts: DeviceFacts | null): string[] {
  const macs = (facts?.interfaces ?? []).map(({ name, mac }) => (isMadeInterface(name) ? undefined : mac));
  return [...new Set(macs)].filter(
    (mac) => mac !== undefined && mac !== '00:00:00:00:00:00' && !isGroup(mac),
  ) as string[];
}

/** An address for many at once belongs to no machine. */
function isGroup(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
}
