import type { SendingSettings } from '@porthole/protocol';
import type { DeviceDirectory } from './directory.ts';
import { SettingsNews } from './settingsNews.ts';

/** Tells each device what it may send by itself. */
export function sendingNews(directory: DeviceDirectory): SettingsNews<SendingSettings> {
  return new SettingsNews(directory, {
    settingsOf: (device) => device.sending.settings,
    messageOf: (settings) => ({ type: 'sending.settings', settings }),
  });
}
