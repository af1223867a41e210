/** Numbers beyond these stand in a field of their own, which Zip64 adds. */
const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** Sizes and checksum follow the content, since nobody knows them before. */
const DESCRIPTOR = 0x0008;
const UNIX = 3 << 8;
/** The first version that knows Zip64. */
const VERSION_64 = 45;
const VERSION = 20;
const FOLDER_ATTRIBUTE = 0x10;

export const Method = { stored: 0, deflated: 8 } as const;

/** One entry of a zip. `isStreamed`: what is in it was not known when it began, so its numbers follow the content. */
export interface ZipEntry {
  /** As UTF-8; a folder's ends with `/`. */
  name: Buffer;
  modified: Date;
  /** As the system says it, kind included. */
  mode: number;
  method: (typeof Method)[keyof typeof Method];
  isStreamed: boolean;
  /** Whether the entry itself may be larger than 4 GiB. */
  isLarge: boolean;
  /** Where it begins in the zip, in bytes. */
  offset: number;
  crc: number;
  size: number;
  packed: number;
}

/** What stands before the content (APPNOTE.TXT 4.3.7). The numbers of a streamed entry are all zero until then. */
export function localHeader(entry: ZipEntry): Buffer {
  const { name, method, isStreamed, isLarge, crc, packed, size } = entry;
  // Sizes are said to be told here as well once they are large, though they follow in fact.
  const extra = Buffer.concat([timeField(entry.modified), isLarge ? largeField([0, 0]) : Buffer.alloc(0)]);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(isLarge ? VERSION_64 : VERSION, 4);
  header.writeUInt16LE(UTF8 | (isStreamed ? DESCRIPTOR : 0), 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(dosTime(entry.modified), 10);
  header.writeUInt32LE(crc, 14);
  for (const [at, bytes] of [packed, size].entries()) header.writeUInt32LE(isLarge ? MAX_32 : bytes, 18 + at * 4);
  header.writeUInt16LE(name.byteLength, 26);
  header.writeUInt16LE(extra.byteLength, 28);
  return Buffer.concat([header, name, extra]);
}

/** What stands behind the content of a streamed entry (4.3.9). */
export function dataDescriptor({ crc, packed, size, isLarge }: ZipEntry): Buffer {
  const descriptor = Buffer.alloc(isLarge ? 24 : 16);
  descriptor.writeUInt32LE(0x0807_4b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  if (isLarge) {
    descriptor.writeBigUInt64LE(BigInt(packed), 8);
    descriptor.writeBigUInt64LE(BigInt(size), 16);
  } else {
    descriptor.writeUInt32LE(packed, 8);
    descriptor.writeUInt32LE(size, 12);
  }
  return descriptor;
}

/** What the list at the end says of an entry (4.3.12). */
export function listRecord(entry: ZipEntry): Buffer {
  const { name, mode, method, isStreamed, isLarge, offset, crc, size, packed } = entry;
  const large = [...(isLarge ? [size, packed] : []), ...(offset >= MAX_32 ? [offset] : [])];
  const extra = Buffer.concat([timeField(entry.modified), large.length > 0 ? largeField(large) : Buffer.alloc(0)]);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x0201_4b50, 0);
  record.writeUInt16LE(UNIX | VERSION_64, 4);
  record.writeUInt16LE(large.length > 0 ? VERSION_64 : VERSION, 6);
  record.writeUInt16LE(UTF8 | (isStreamed ? DESCRIPTOR : 0), 8);
  record.writeUInt16LE(method, 10);
  record.writeUInt32LE(dosTime(entry.modified), 12);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(isLarge ? MAX_32 : packed, 20);
  record.writeUInt32LE(isLarge ? MAX_32 : size, 24);
  record.writeUInt16LE(name.byteLength, 28);
  record.writeUInt16LE(extra.byteLength, 30);
  const isFolder = name.at(-1) === 0x2f;
  record.writeUInt32LE((((mode & MAX_16) << 16) | (isFolder ? FOLDER_ATTRIBUTE : 0)) >>> 0, 38);
  record.writeUInt32LE(Math.min(offset, MAX_32), 42);
  return Buffer.concat([record, name, extra]);
}

/** What ends a zip (4.3.14 to 4.3.16): where its list begins, how long it is in bytes, and how many entries it has. */
export function endRecords({ start, length, count }: { start: number; length: number; count: number }): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  for (const at of [8, 10]) end.writeUInt16LE(Math.min(count, MAX_16), at);
  end.writeUInt32LE(Math.min(length, MAX_32), 12);
  end.writeUInt32LE(Math.min(start, MAX_32), 16);
  if (count < MAX_16 && length < MAX_32 && start < MAX_32) return end;
  const large = Buffer.alloc(76);
  large.writeUInt32LE(0x0606_4b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(UNIX | VERSION_64, 12);
  large.writeUInt16LE(VERSION_64, 14);
  for (const [at, value] of [count, count, length, start].entries()) large.writeBigUInt64LE(BigInt(value), 24 + at * 8);
  large.writeUInt32LE(0x0706_4b50, 56);
  large.writeBigUInt64LE(BigInt(start + length), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}

/** Zip64's own field (4.5.3). */
function largeField(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(values.length * 8, 2);
  for (const [at, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + at * 8);
  return field;
}

/** The time as seconds since 1970, which knows of no time zones; left out where 32 bits cannot say it. */
function timeField(modified: Date): Buffer {
  const seconds = Math.floor(modified.getTime() / 1000);
  if (seconds !== (seconds | 0)) return Buffer.alloc(0);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(seconds, 5);
  return field;
}

/** The local time in steps of two seconds, from 1980 to 2107. */
function dosTime(time: Date): number {
  const year = time.getFullYear();
  if (!(year >= 1980)) return 0x0021_0000;
  if (year > 2107) return 0xff9f_bf7d;
  const date = ((year - 1980) << 9) | ((time.getMonth() + 1) << 5) | time.getDate();
  return ((date << 16) | (time.getHours() << 11) | (time.getMinutes() << 5) | (time.getSeconds() >> 1)) >>> 0;
}
