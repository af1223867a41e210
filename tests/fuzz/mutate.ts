import type { Random } from '../screen/random.ts';

const ODD_BYTES = [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff];
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  '',
  '\u0000',
  '__proto__',
  'x'.repeat(70_000),
  '\ud800',
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e308,
  -0,
  [],
  {},
  [[[[[[]]]]]],
  { type: 'state' },
  { __proto__: null, constructor: 1 },
];

/** Between one and four changes of a message: bytes flipped, replaced, cut, doubled, or taken from another one. */
export function mutateBytes(message: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array {
  let bytes: Uint8Array = message;
  for (let changes = random.integer(1, 4); changes > 0; changes--) bytes = mutateOnce(bytes, others, random);
  return bytes;
}

function mutateOnce(bytes: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array {
  const at = random.integer(0, Math.max(0, bytes.byteLength - 1));
  const end = random.integer(at, bytes.byteLength);
  const changed = Buffer.from(bytes);
  switch (random.integer(0, 7)) {
    case 0:
      if (changed.byteLength > 0) changed[at] = (changed[at] ?? 0) ^ (1 << random.integer(0, 7));
      return changed;
    case 1:
      if (changed.byteLength > 0) changed[at] = random.pick(ODD_BYTES);
      return changed;
    case 2:
      return changed.subarray(0, at);
    case 3:
      return Buffer.concat([changed.subarray(0, at), changed.subarray(end)]);
    case 4:
      return Buffer.concat([changed.subarray(0, end), changed.subarray(at)]);
    case 5:
      return changed.fill(random.pick(ODD_BYTES), at, Math.min(end, at + 4));
    case 6:
      return Buffer.concat([changed.subarray(0, at), random.pick(others)]);
    default:
      return Buffer.concat([changed.subarray(0, at), randomBytes(random), changed.subarray(at)]);
  }
}

function randomBytes(random: Random): Buffer {
  return Buffer.from(Array.from({ length: random.integer(1, 12) }, () => random.integer(0, 255)));
}

/** A control message with one of its values replaced, removed, added, or its text damaged. */
export function mutateJson(message: object, others: readonly object[], random: Random): string {
  const copy = structuredClone(message);
  const dice = random.next();
  if (dice < 0.35) {
    const others_ = others.map((other) => Buffer.from(JSON.stringify(other)));
    return Buffer.from(mutateBytes(Buffer.from(JSON.stringify(copy)), others_, random)).toString('utf8');
  }
  changeSomewhere(copy as Record<string, unknown>, random);
  return JSON.stringify(copy);
}

/** Walks down by chance and changes what it finds there. */
function changeSomewhere(node: Record<string, unknown>, random: Random): void {
  const keys = Object.keys(node);
  const key = keys.length > 0 ? random.pick(keys) : 'added';
  const child = node[key];
  if (typeof child === 'object' && child !== null && random.chance(0.7)) {
    changeSomewhere(child as Record<string, unknown>, random);
    return;
  }
  const dice = random.next();
  if (dice < 0.15) delete node[key];
  else node[dice < 0.3 ? `${key}2` : key] = random.pick(ODD_VALUES);
}
