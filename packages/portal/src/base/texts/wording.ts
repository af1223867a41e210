/**
 * The form of a catalogue, whatever its language: the same names, strings for strings, and functions of the same parameters
 * for functions.
 */
export type Wording<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Wording<T[K]> };
