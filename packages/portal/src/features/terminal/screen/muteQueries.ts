import type { IFunctionIdentifier, Terminal } from '@xterm/xterm';

/** Control sequences that ask the terminal something: what it is, where the cursor stands, which modes are on, how large it is. */
const CSI_QUERIES: readonly IFunctionIdentifier[] = [
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  { prefix: '>', final: 'q' },
  { prefix: '?', final: 'u' },
  { final: 't' },
  { final: 'x' },
];
const DCS_QUERIES: readonly IFunctionIdentifier[] = [
  { intermediates: '$', final: 'q' },
  { intermediates: '+', final: 'q' },
];
/** Colours: set with a value, asked for with a question mark. */
const COLOURS = [4, 5, 10, 11, 12, 13, 14, 17, 19];

/** Lets no program's question be answered by this terminal: the one on the device answers, once, however many look on. */
export function muteQueries({ parser }: Pick<Terminal, 'parser'>): void {
  for (const id of CSI_QUERIES) parser.registerCsiHandler(id, () => true);
  for (const id of DCS_QUERIES) parser.registerDcsHandler(id, () => true);
  for (const id of COLOURS) parser.registerOscHandler(id, (data) => data.split(';').includes('?'));
}
