import type { paletteTexts as english } from '../en/paletteTexts.ts';
import type { Wording } from '../wording.ts';

/** `paletteTexts` in German. */
export const paletteTexts: Wording<typeof english> = {
  title: 'Befehle',
  open: 'Befehle (Strg K)',
  hint: 'Zu einem Gerät gehen oder etwas tun',
  none: 'Nichts mit diesem Namen.',
  beside: 'Gerät für daneben',
  besideHint: 'Gerät, das neben diesen Bereichen stehen soll',
  screen: {
    take: 'Steuerung übernehmen',
    release: 'Steuerung abgeben',
    fullScreen: 'Vollbild',
    fullScreenWords: 'ganzer bildschirm',
    fit: 'Bildschirm in den Bereich einpassen',
    actual: 'Bildschirm Pixel für Pixel',
  },
  files: { upload: 'Dateien hochladen' },
  terminal: { add: 'Neues Terminal' },
  pages: {
    home: 'Alle Geräte',
    run: 'Auf Geräten ausführen',
    alerts: 'Warnungen',
    settings: 'Einstellungen',
    signOut: 'Abmelden',
  },
};
