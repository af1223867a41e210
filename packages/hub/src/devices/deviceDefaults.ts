import {
  DEFAULT_SCREEN_SETTINGS,
  DEFAULT_SENDING_SETTINGS,
  type ScreenSettings,
  type SendingSettings,
  screenSettings,
  sendingSettings,
} from '@porthole/protocol';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';
import { HubSetting } from '../settings/hubSetting.ts';

/** What holds for devices that have nothing of their own. */
export interface DefaultSettings {
  readonly screen: ScreenSettings;
  readonly sending: SendingSettings;
}

/** While no admin chose anything else. */
export const BUILT_IN: DefaultSettings = { screen: DEFAULT_SCREEN_SETTINGS, sending: DEFAULT_SENDING_SETTINGS };

/** The settings of all devices that have none of their own, as an admin chose them. */
export class DeviceDefaults implements DefaultSettings {
  readonly #screen: HubSetting<ScreenSettings>;
  readonly #sending: HubSetting<SendingSettings>;

  constructor(parts: { db: Database; audit: Audit }) {
    this.#screen = new HubSetting(parts, { name: 'screen', schema: screenSettings, fallback: BUILT_IN.screen });
    this.#sending = new HubSetting(parts, { name: 'sending', schema: sendingSettings, fallback: BUILT_IN.sending });
  }

  get screen(): ScreenSettings {
    return this.#screen.value;
  }

  get sending(): SendingSettings {
    return this.#sending.value;
  }

  setScreen(settings: ScreenSettings, actor: string): void {
    this.#screen.set(settings, actor);
  }

  setSending(settings: SendingSettings, actor: string): void {
    this.#sending.set(settings, actor);
  }
}
