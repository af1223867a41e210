import {
  ALL_ON,
  DEFAULT_SCREEN_SETTINGS,
  DEFAULT_SENDING_SETTINGS,
  DEFAULT_TERMINAL_SETTINGS,
  type Device,
  EMPTY_PROFILE,
} from '@porthole/protocol';

/** A device as the hub tells it, for tests. `id` is filled up to the length of a real one. */
export function fakeDevice(id: string, part: Partial<Device> = {}): Device {
  return {
    id: id.padEnd(26, 'a'),
    name: id,
    online: true,
    since: 1_700_000_000_000,
    description: { hostname: `${id}.lan`, system: 'Debian GNU/Linux 12', architecture: 'x64', version: '0.1.0' },
    stats: null,
    thumbnail: null,
    toggles: ALL_ON,
    screenSettings: DEFAULT_SCREEN_SETTINGS,
    terminalSettings: DEFAULT_TERMINAL_SETTINGS,
    sending: { settings: DEFAULT_SENDING_SETTINGS, own: false },
    profile: EMPTY_PROFILE,
    traits: { wakeable: false },
    alerts: 0,
    viewers: [],
    capabilities: ['view', 'control'],
    ...part,
  };
}
