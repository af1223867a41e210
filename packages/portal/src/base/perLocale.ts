import { texts } from './texts.ts';

/**
 * Something that is costly to make and depends on the language, such as a formatter: made when it is first asked for, since the
 * language is not known while modules load.
 */
export function perLocale<T>(make: (locale: string) => T): () => T {
  let made: { locale: string; value: T } | undefined;
  return () => {
    if (made?.locale !== texts.locale) made = { locale: texts.locale, value: make(texts.locale) };
    return made.value;
  };
}
