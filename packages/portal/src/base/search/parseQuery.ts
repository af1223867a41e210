import { fold } from './fold.ts';

/** What a search may compare with a number: shares in percent, temperature in °C, the rest as it is. */
export const FIGURES = ['cpu', 'memory', 'disk', 'swap', 'temperature', 'load', 'battery', 'number', 'alerts'] as const;
export type Figure = (typeof FIGURES)[number];
/** What a search may look into by name. */
export const TEXT_KEYS = ['name', 'group', 'tag', 'system', 'model', 'address', 'notes'] as const;
export type TextKey = (typeof TEXT_KEYS)[number];
export const STATES = ['online', 'offline', 'alert', 'favourite'] as const;
export type State = (typeof STATES)[number];
export type Comparison = '>' | '>=' | '<' | '<=' | '=';

/** One condition of a search. `text` is folded. */
export type Condition =
  | { kind: 'text'; text: string }
  | { kind: 'key'; key: TextKey; text: string }
  | { kind: 'state'; state: State }
  | { kind: 'figure'; figure: Figure; comparison: Comparison; value: number };

/** All terms of a search must hold; a negated one must not. */
export interface Term {
  negated: boolean;
  condition: Condition;
}

const TERM = /-?(?:[^\s"]*"[^"]*"?|[^\s"]+)/g;
const KEYED = /^(?<key>\p{L}+):(?<text>.*)$/su;
const COMPARED = /^(?<key>\p{L}+)(?<comparison>>=|<=|>|<|=)(?<number>-?\d+(?:[.,]\d+)?)?%?$/u;

/** Whether the keys of a search are still being written: such a term says nothing yet. */
const NOTHING = Symbol('nothing yet');

/**
 * A search as people write it: words, `"several words"`, `online`, `offline`, `alert`, `is:favourite`, `group:lab`,
 * `name:`, `system:`, `tag:`, `number:7`, `cpu>80`; a `-` before a term turns it round. What is not complete (`cpu>`) is
 * left out; what is no key is searched for as it stands.
 */
export function parseQuery(query: string): Term[] {
  return (query.match(TERM) ?? []).flatMap((written) => {
    const negated = written.startsWith('-') && written.length > 1;
    const condition = conditionOf(negated ? written.slice(1) : written);
    return condition === NOTHING ? [] : [{ negated, condition }];
  });
}

function conditionOf(written: string): Condition | typeof NOTHING {
  if (written.startsWith('"')) return textOf(written);
  const state = fold(written);
  if (isState(state)) return { kind: 'state', state };
  return comparedOf(written) ?? keyedOf(written) ?? textOf(written);
}

function comparedOf(written: string): Condition | typeof NOTHING | undefined {
  const { key = '', comparison, number } = COMPARED.exec(written)?.groups ?? {};
  const figure = FIGURES.find((one) => one === fold(key));
  if (!figure || !comparison) return undefined;
  if (number === undefined) return NOTHING;
  return { kind: 'figure', figure, comparison: comparison as Comparison, value: Number(number.replace(',', '.')) };
}

function keyedOf(written: string): Condition | typeof NOTHING | undefined {
  const { key: name = '', text: raw = '' } = KEYED.exec(written)?.groups ?? {};
  const text = fold(raw.replaceAll('"', '')).trim();
  const key = fold(name);
  if (key === 'is') return isOf(text);
  if (key === 'number') return numberOf(text);
  const found = TEXT_KEYS.find((one) => one === key || `${one}s` === key);
  if (!found) return undefined;
  return text === '' ? NOTHING : { kind: 'key', key: found, text };
}

function isOf(text: string): Condition | typeof NOTHING {
  return isState(text) ? { kind: 'state', state: text } : NOTHING;
}

function numberOf(text: string): Condition | typeof NOTHING {
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? NOTHING : { kind: 'figure', figure: 'number', comparison: '=', value };
}

function textOf(written: string): Condition | typeof NOTHING {
  const text = fold(written.replaceAll('"', ''));
  return text.trim() === '' ? NOTHING : { kind: 'text', text };
}

function isState(text: string): text is State {
  return STATES.some((state) => state === text);
}
