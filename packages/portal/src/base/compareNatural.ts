import { perLocale } from './perLocale.ts';

const collator = perLocale((locale) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }));

/** Orders names the way people count and the language sorts: `lab-2` before `lab-10`, upper and lower case together. */
export function compareNatural(a: string, b: string): number {
  return collator().compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
