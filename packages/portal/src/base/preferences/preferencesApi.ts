import {
  type AllPreferences,
  allPreferences,
  PATHS,
  type PreferencePart,
  type Preferences as PreferencesFile,
} from '@porthole/protocol';
import { type Api, checked } from '../api.ts';

/** The hub's routes for preferences. Every method rejects with a `PortholeError`. */
export interface PreferencesRoutes {
  read(): Promise<AllPreferences>;
  save(part: PreferencePart, value: unknown): Promise<void>;
  forget(part: PreferencePart): Promise<void>;
  saveDefault(part: PreferencePart, value: unknown): Promise<void>;
  forgetDefault(part: PreferencePart): Promise<void>;
  /** Replaces everything of one's own. */
  replace(all: PreferencesFile): Promise<void>;
}

const BASE = PATHS.preferences;

/** They by way of the page's `Api`. */
export function preferencesApi(api: Api): PreferencesRoutes {
  const send = async (method: string, path: string, body?: object) => {
    await api.request(
      path,
      body ? { method, headers: JSON_TYPE, body: JSON.stringify(body), ...lasting(body) } : { method },
    );
  };
  return {
    async read() {
      const answer = await api.request(BASE);
      return checked(allPreferences, await answer.json().catch(() => undefined));
    },
    save: (part, value) => send('PUT', `${BASE}/${part}`, { value }),
    forget: (part) => send('DELETE', `${BASE}/${part}`),
    saveDefault: (part, value) => send('PUT', `${BASE}/defaults/${part}`, { value }),
    forgetDefault: (part) => send('DELETE', `${BASE}/defaults/${part}`),
    replace: (all) => send('PUT', BASE, all),
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** Browsers carry at most 64 KiB to their end when the page goes away meanwhile. */
const MOST_LASTING = 60_000;

function lasting(body: object): RequestInit {
  return { keepalive: JSON.stringify(body).length < MOST_LASTING };
}
