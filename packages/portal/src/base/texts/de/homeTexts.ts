import type { homeTexts as english } from '../en/homeTexts.ts';
import type { Wording } from '../wording.ts';

/** `homeTexts` in German. */
export const homeTexts: Wording<typeof english> = {
  home: {
    title: 'Geräte',
    search: 'Geräte suchen',
    searchHint: 'Suchen',
    none: (query) => `Kein Gerät passt zu „${query}“.`,
    clear: 'Suche leeren',
    count: (online, total) => `${online} von ${total} online`,
    addDevice: 'Gerät hinzufügen',
    loading: 'Geräte werden geladen',
  },
  add: {
    title: 'Ein Gerät hinzufügen',
    intro:
      'Dies auf dem Gerät ausführen, das erreichbar werden soll. Es braucht Node und eine Kopie von Porthole; es öffnet keinen Port.',
    notAdmin: 'Noch keine Geräte. Ein Administrator dieses Hubs kann eines hinzufügen.',
    show: 'Befehl anzeigen',
    copy: 'Kopieren',
    copied: 'Kopiert',
    command: 'Befehl für das neue Gerät',
    valid: (moment) => `Gilt einmal, bis ${moment}.`,
    expired: 'Dieser Befehl ist abgelaufen.',
    renew: 'Neuer Befehl',
    arrives: 'Das Gerät erscheint hier, sobald es sich verbindet.',
    close: 'Fertig',
  },
};
