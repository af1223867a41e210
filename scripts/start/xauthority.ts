const FAMILY_WILD = 0xffff;
const PROTOCOL = 'MIT-MAGIC-COOKIE-1';

/**
 * An Xauthority file (see Xau(3)) with one key that fits every display: u16 family, then address, display number,
 * protocol and key, each with a u16 length before it, big endian.
 */
export function localAuthority(key: Uint8Array): Buffer {
  const fields = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from(PROTOCOL), Buffer.from(key)];
  return Buffer.concat([u16(FAMILY_WILD), ...fields.flatMap((field) => [u16(field.byteLength), field])]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
