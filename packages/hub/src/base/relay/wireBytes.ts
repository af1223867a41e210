/** Bytes that a message of a client takes with the header that WebSocket puts before it; TLS comes on top. */
export function wireBytes(payload: number): number {
  const length = payload < 126 ? 0 : payload < 65_536 ? 2 : 8;
  return payload + MASKED_HEADER + length;
}

/** Two bytes, and the mask that clients use. */
const MASKED_HEADER = 6;
