import { setTexts } from '../texts.ts';
import type { Language } from './chooseLanguage.ts';

/**
 * Gives this page the language, before anything is drawn: a catalogue other than the English one comes as a file of its own.
 * Stays English when it cannot be fetched. Answers with the language that the page has then.
 */
export async function loadTexts(language: Language): Promise<Language> {
  if (language === 'en') return 'en';
  try {
    setTexts((await import('./de/german.ts')).german);
    return 'de';
  } catch {
    return 'en';
  }
}
