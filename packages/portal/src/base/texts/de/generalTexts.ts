import type { generalTexts as english } from '../en/generalTexts.ts';
import type { Wording } from '../wording.ts';

/** `generalTexts` in German. */
export const generalTexts: Wording<typeof english> = {
  product: 'Porthole',
  time: {
    now: 'gerade eben',
    minutes: (n) => `vor ${n} Min.`,
    hours: (n) => `vor ${n} Std.`,
    days: (n) => (n === 1 ? 'vor 1 Tag' : `vor ${n} Tagen`),
    unknown: 'unbekannt',
  },
  rail: {
    label: 'Hauptmenü',
    home: 'Geräte',
    run: 'Auf Geräten ausführen',
    settings: 'Einstellungen',
    account: (user) => `Konto von ${user}`,
    signedInAs: (user, role) => `Angemeldet als ${user} (${role})`,
    signOut: 'Abmelden',
    certificate: 'Zertifizierungsstelle',
  },
  link: {
    connecting: 'Verbindung zum Hub wird aufgebaut …',
    reconnecting: 'Verbindung zum Hub verloren. Neuer Versuch läuft …',
    unreachable: 'Der Hub ist nicht erreichbar. Nichts wurde geändert.',
    retry: 'Erneut versuchen',
    broken: 'Auf dieser Seite ist etwas schiefgegangen. Auf den Geräten wurde nichts geändert.',
    reload: 'Seite neu laden',
  },
};
