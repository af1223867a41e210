import type { entryTexts as english } from '../en/entryTexts.ts';
import type { Wording } from '../wording.ts';

/** `entryTexts` in German. */
export const entryTexts: Wording<typeof english> = {
  signIn: {
    title: 'Anmelden',
    user: 'Benutzername',
    password: 'Passwort',
    submit: 'Anmelden',
    authority: 'Zertifizierungsstelle dieses Hubs herunterladen',
    authorityWhy: 'Einmal installiert, vertraut der Browser diesem Hub ohne Warnung.',
    ended: {
      'auth.session-ended': 'Die Sitzung ist beendet. Bitte neu anmelden; nichts ging verloren.',
      'auth.required': 'Die Sitzung ist beendet. Bitte neu anmelden; nichts ging verloren.',
      signedOut: 'Abgemeldet.',
    },
  },
  setUp: {
    title: 'Diesen Hub einrichten',
    intro: 'Beim Start hat der Hub einen Einrichtungscode ausgegeben. Wer ihn eingibt, wird der erste Administrator.',
    code: 'Einrichtungscode',
    user: 'Benutzername',
    userRule: 'Nach dem ersten Buchstaben Buchstaben, Ziffern und . _ @ -',
    password: 'Passwort',
    passwordRule: 'Mindestens 10 Zeichen, beliebige; lang ist besser als ausgefallen.',
    submit: 'Administrator anlegen',
    problem: {
      code: 'Bitte den Einrichtungscode eingeben, den der Hub ausgegeben hat.',
      username: 'Zuerst ein Buchstabe oder eine Ziffer, dann Buchstaben, Ziffern und . _ @ - (höchstens 64).',
      password: 'Bitte 10 bis 1024 Zeichen verwenden.',
    },
  },
};
