import type { shortcutTexts as english } from '../en/shortcutTexts.ts';
import type { Wording } from '../wording.ts';

/** `shortcutTexts` in German. */
export const shortcutTexts: Wording<typeof english> = {
  title: 'Tastenkürzel',
  close: 'Schließen',
  what: 'Beim Tippen, und solange ein Bildschirm oder Terminal die Tastatur hat, tun sie nichts.',
  sections: {
    everywhere: 'Überall',
    home: 'Geräte',
    files: 'Dateien',
    screen: 'Bildschirm',
    terminal: 'Terminal',
  },
  titles: {
    help: 'Diese Liste',
    palette: 'Zu einem Gerät gehen oder etwas ausführen',
    close: 'Schließen, was offen ist',
    search: 'Geräte suchen',
    chooseAll: 'Alle Geräte auswählen',
    chooseNone: 'Auswahl aufheben',
    lift: 'Anheben oder ablegen, was den Fokus hat; Pfeiltasten bewegen es',
    open: 'Öffnen',
    up: 'Einen Ordner höher',
    rename: 'Umbenennen',
    remove: 'Löschen',
    removeForEver: 'Endgültig löschen',
    copy: 'Kopieren',
    cut: 'Ausschneiden',
    paste: 'Einfügen',
    chooseFiles: 'Alles auswählen',
    giveBack: 'Die Tastatur zurückgeben',
  },
  keys: {
    ctrl: 'Strg',
    alt: 'Alt',
    shift: 'Umschalt',
    space: 'Leertaste',
    enter: 'Eingabe',
    escape: 'Esc',
    backspace: 'Rücktaste',
    delete: 'Entf',
  },
};
