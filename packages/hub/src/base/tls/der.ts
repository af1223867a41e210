import { isIPv4 } from 'node:net';

/**
 * The few forms of DER (ITU-T X.690) that a certificate is made of. Each function returns one whole element: tag, length,
 * content.
 */
export type Der = Buffer;

const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** An element of any tag. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Der {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

export function sequence(...parts: readonly Uint8Array[]): Der {
  return element(Tag.sequence, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Der {
  return element(Tag.set, ...parts);
}

export function boolean(value: boolean): Der {
  return element(Tag.boolean, Buffer.from([value ? 0xff : 0]));
}

/** A whole number from its big-endian bytes, taken as positive. */
export function integer(bytes: Uint8Array): Der {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Buffer.from([0]) : bytes.subarray(start);
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : [];
  return element(Tag.integer, Buffer.from(sign), digits);
}

/** `unused` counts the bits at the end that mean nothing. */
export function bitString(bytes: Uint8Array, unused = 0): Der {
  return element(Tag.bitString, Buffer.from([unused]), bytes);
}

export function octetString(bytes: Uint8Array): Der {
  return element(Tag.octetString, bytes);
}

export function utf8String(text: string): Der {
  return element(Tag.utf8String, Buffer.from(text));
}

/** An object identifier in dotted form. */
export function objectId(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(Tag.objectId, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

/** A moment to the second; certificates write years until 2049 with two digits (RFC 5280, 4.1.2.5). */
export function time(at: Date): Der {
  const digits = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  if (at.getUTCFullYear() < 2050) return element(Tag.utcTime, Buffer.from(digits.slice(2)));
  return element(Tag.generalizedTime, Buffer.from(digits));
}

/** The 4 or 16 bytes of an IP address. */
export function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  return Buffer.from(expandIPv6(address).flatMap((group) => [group >> 8, group & 0xff]));
}

function expandIPv6(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const before = groups(head);
  const after = groups(tail ?? '');
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
