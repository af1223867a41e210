import type { TerminalSettings } from '@porthole/protocol';
import type { DeviceDirectory } from '../../devices/directory.ts';
import { SettingsNews } from '../../devices/settingsNews.ts';

/** Tells each device what holds for its terminals. */
export function terminalNews(directory: DeviceDirectory): SettingsNews<TerminalSettings> {
  return new SettingsNews(directory, {
    settingsOf: (device) => device.terminalSettings,
    messageOf: (settings) => ({ type: 'terminal.settings', settings }),
  });
}
