/** The languages of the portal. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The language of the portal: the one that was chosen, or else the first that the browser asks for (`navigator.languages`, best
 * first) and that there is. English when there is none.
 */
export function chooseLanguage(preference: 'system' | Language, wanted: readonly string[]): Language {
  if (preference !== 'system') return preference;
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return 'en';
}
