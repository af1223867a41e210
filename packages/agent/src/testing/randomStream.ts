/** Deterministic numbers from a seed (mulberry32), each in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TEXTS = [
  'word',
  'a',
  '  ',
  'ещё',
  '漢字',
  'ﾊﾝ',
  'e\u0301',
  '👩‍👩‍👧',
  '🇩🇪',
  '❤\ufe0f',
  '한',
  'नि',
  'x'.repeat(50),
  '漢'.repeat(30),
  'qqxxll',
];
const SGR = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '4:3',
  '5',
  '7',
  '8',
  '9',
  '21',
  '22',
  '24',
  '27',
  '31',
  '97',
  '42',
  '104',
  '38;5;200',
  '48;5;17',
  '38;2;1;2;3',
  '48;2;200;100;0',
  '58;5;9',
  '58;2;9;8;7',
  '53',
  '39',
  '49',
];
const MODES = ['1', '6', '12', '25', '45', '66', '1000', '1003', '1004', '1006', '2004', '47', '1047', '1049', '1048'];
const SHORT = ['7', '8', 'D', 'E', 'M', 'H', '(0', '(B', ')0', '(A', '*0', 'n', 'o', '=', '>', '(K'];
const CONTROLS = ['\r\n', '\r\n', '\n', '\r', '\b', '\t', '\x0e', '\x0f', '\x07'];

/** A stream as a program might write that makes use of everything, about `length` characters of it. */
export function randomStream(seed: number, length: number): string {
  const random = randomNumbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const number = (limit: number) => Math.floor(random() * limit);
  const sequences: (() => string)[] = [
    () => `\x1b[${pick(SGR)}m`,
    () => `\x1b[${pick(SGR)};${pick(SGR)}m`,
    () => `\x1b[${number(26)};${number(84)}H`,
    () => `\x1b[${number(6)}${pick(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'I', 'Z', 'd', 'a', 'e', 'b'])}`,
    () =>
      `\x1b[${number(4)}${pick(['J', 'K', 'X', 'P', '@', 'L', 'M', 'S', 'T', '?J', '?K'].map((final) => final.replace(/^\?/, '')))}`,
    () => `\x1b[${1 + number(12)};${13 + number(12)}r`,
    () => (random() < 0.3 ? '\x1b[r' : ''),
    () => `\x1b[?${pick(MODES)}${pick(['h', 'l'])}`,
    () => `\x1b[${pick(['20', '34'])}${pick(['h', 'l', 'l'])}`,
    () => `\x1b${pick(SHORT)}`,
    () => `\x1b[${number(7)} q`,
    () => `\x1b[${pick(['0', '3'])}g`,
    () => `\x1b]${pick(['0', '2'])};title ${number(9)}\x07`,
    () => `\x1b[${pick(['0', '1'])}"q`,
    () => (random() < 0.05 ? pick(['\x1bc', '\x1b[!p']) : ''),
    () => `\x1bP$qm\x1b\\`,
  ];
  let out = '';
  while (out.length < length) out += random() < 0.6 ? pick([...TEXTS, ...CONTROLS]) : pick(sequences)();
  return out;
}
