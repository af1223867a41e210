const SYNC = 0x47;
/** Packets of a broadcast, and those of a camera, which have four bytes of time before each. */
const SHAPES = [
  { packet: 188, first: 0 },
  { packet: 192, first: 4 },
];
/** Packets that must all begin as they should. */
const PACKETS = 5;

/** Bytes from the beginning of a file that are enough to tell. */
export const TRANSPORT_STREAM_HEAD = 192 * PACKETS;

/** Whether bytes from the beginning of a file are an MPEG transport stream; its endings are those of TypeScript as well. */
export function isTransportStream(head: Uint8Array): boolean {
  return SHAPES.some(({ packet, first }) =>
    Array.from({ length: PACKETS }, (_, index) => head[first + index * packet]).every((byte) => byte === SYNC),
  );
}
