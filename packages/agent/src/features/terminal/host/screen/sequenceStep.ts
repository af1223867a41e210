/** Where a stream stands after a byte, as far as that says whether a sequence or a character is complete. */
export const StreamState = {
  ground: 0,
  /** After an escape character, and what may stand between it and the last one of a short sequence. */
  escape: 1,
  csi: 2,
  /** The text of an operating system command, which a bell ends too. */
  osc: 3,
  /** Any other text that lasts up to its terminator. */
  text: 4,
} as const;
export type StreamState = (typeof StreamState)[keyof typeof StreamState];

/** State, the bytes that the current character lacks, and whether those may make it a C1 control: one small number. */
export type StreamPlace = number;
export const GROUND: StreamPlace = 0;

const MISSING = 8;
const MAY_BE_C1 = 64;
const { ground, escape: short, csi, osc, text } = StreamState;

export function stateOf(place: StreamPlace): StreamState {
  return (place & 7) as StreamState;
}

/**
 * The place after one more byte, as xterm.js parses. Where the two could differ it stays within the sequence: what is kept back
 * too long is only late.
 */
export function step(place: StreamPlace, byte: number): StreamPlace {
  const state = stateOf(place);
  if (byte >= 0x80) return stepCharacter(place, byte);
  if (byte === 0x1b) return short;
  if (byte === 0x18 || byte === 0x1a) return ground;
  switch (state) {
    case ground:
      return ground;
    case short:
      return byte < 0x30 || byte === 0x7f ? short : afterEscape(byte);
    case csi:
      return byte >= 0x40 && byte < 0x7f ? ground : csi;
    case osc:
      return byte === 0x07 ? ground : osc;
    case text:
      return text;
  }
}

function afterEscape(byte: number): StreamPlace {
  switch (String.fromCharCode(byte)) {
    case '[':
      return csi;
    case ']':
      return osc;
    case 'P':
    case 'X':
    case '^':
    case '_':
      return text;
    default:
      return ground;
  }
}

/** A byte of a character beyond ASCII. U+0080 to U+009F are controls: two bytes, the first of which is C2. */
function stepCharacter(place: StreamPlace, byte: number): StreamPlace {
  const state = stateOf(place);
  const missing = (place >> 3) & 7;
  if (byte >= 0xc0) return state | (missingAfter(byte) * MISSING) | (byte === 0xc2 ? MAY_BE_C1 : 0);
  if (missing === 0) return state;
  if ((place & MAY_BE_C1) !== 0 && byte < 0xa0) return afterC1(byte);
  if (missing > 1) return state | ((missing - 1) * MISSING);
  return state === short ? ground : state;
}

function missingAfter(lead: number): number {
  if (lead < 0xe0) return 1;
  if (lead < 0xf0) return 2;
  return lead < 0xf8 ? 3 : 0;
}

function afterC1(byte: number): StreamPlace {
  switch (byte) {
    case 0x9b:
      return csi;
    case 0x9d:
      return osc;
    case 0x90:
    case 0x98:
    case 0x9e:
    case 0x9f:
      return text;
    default:
      return ground;
  }
}
