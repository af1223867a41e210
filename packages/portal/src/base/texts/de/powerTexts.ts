import type { powerTexts as english } from '../en/powerTexts.ts';
import type { Wording } from '../wording.ts';
import { count } from './count.ts';

/** `powerTexts` in German. */
export const powerTexts: Wording<typeof english> = {
  label: 'Ein und aus',
  actions: { lock: 'Sperren', sleep: 'In Bereitschaft', restart: 'Neu starten', shutDown: 'Herunterfahren' },
  words: {
    lock: 'bildschirm',
    sleep: 'schlafen ruhezustand standby energie sparen',
    restart: 'neustart reboot',
    shutDown: 'ausschalten abschalten',
  },
  title: {
    lock: (name) => `${name} sperren?`,
    sleep: (name) => `${name} in Bereitschaft versetzen?`,
    restart: (name) => `${name} neu starten?`,
    shutDown: (name) => `${name} herunterfahren?`,
  },
  what: {
    lock: 'Wer dort sitzt, muss sich neu anmelden. Programme laufen weiter.',
    sleep: 'Das Gerät ist sofort offline, bis es jemand weckt. Programme machen danach weiter, wo sie waren.',
    restart:
      'Alle Programme dort enden; was sie nicht gespeichert haben, geht verloren. Das Gerät kommt von selbst wieder online, wenn sein Agent mit dem System startet.',
    shutDown:
      'Alle Programme dort enden; was sie nicht gespeichert haben, geht verloren. Das Gerät bleibt offline, bis es jemand einschaltet oder über das Netzwerk weckt.',
  },
  done: {
    lock: (name) => `${name} ist gesperrt.`,
    sleep: (name) => `${name} geht in Bereitschaft.`,
    restart: (name) => `${name} startet neu.`,
    shutDown: (name) => `${name} fährt herunter.`,
  },
  cancel: 'Abbrechen',
  wake: 'Wecken',
  wakeOf: (name) => `${name} wecken`,
  sentByHub: 'Der Hub hat das Signal gesendet.',
  sentByDevices: (n) =>
    n === 1 ? 'Ein anderes Gerät hat das Signal gesendet.' : `${count(n)} andere Geräte haben das Signal gesendet.`,
  sentByBoth: (n) =>
    n === 1
      ? 'Der Hub und ein anderes Gerät haben das Signal gesendet.'
      : `Der Hub und ${count(n)} andere Geräte haben das Signal gesendet.`,
  waiting: 'Das Gerät wird erwartet …',
  late: 'Nach zwei Minuten ist das Gerät noch nicht online. Vielleicht ist es vom Strom getrennt oder nicht dafür eingerichtet, über das Netzwerk geweckt zu werden.',
};
