/** Types of NAL units that matter here. */
export const Nal = { idr: 5, sei: 6, sps: 7, pps: 8 } as const;

/** The NAL units of an Annex B stream as views, without start codes, header byte first. Empty ones are left out. */
export function splitAnnexB(stream: Uint8Array): Uint8Array[] {
  const starts = startCodes(stream);
  const units = starts.map((start, index) => {
    let end = index + 1 < starts.length ? (starts[index + 1] ?? 0) - 3 : stream.byteLength;
    // A NAL unit never ends in zero: those belong to the next start code, or are padding.
    while (end > start && stream[end - 1] === 0) end--;
    return stream.subarray(start, end);
  });
  return units.filter((unit) => unit.byteLength > 0);
}

/** Where each NAL unit begins: behind its start code. */
function startCodes(stream: Uint8Array): number[] {
  const starts: number[] = [];
  for (let at = 2; at < stream.byteLength; at++) {
    if (stream[at] === 1 && stream[at - 1] === 0 && stream[at - 2] === 0) starts.push(at + 1);
  }
  return starts;
}

/** Puts NAL units together again, each behind a start code of four bytes. */
export function joinAnnexB(units: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(units.reduce((sum, unit) => sum + 4 + unit.byteLength, 0));
  let at = 0;
  for (const unit of units) {
    joined[at + 3] = 1;
    joined.set(unit, at + 4);
    at += 4 + unit.byteLength;
  }
  return joined;
}

/** Type of a NAL unit, as in `Nal`. */
export function nalType(unit: Uint8Array): number {
  return (unit[0] ?? 0) & 31;
}

/** The payload of a NAL unit: no header byte, and without the bytes that keep start codes out of it. */
export function nalPayload(unit: Uint8Array): Uint8Array {
  const payload = new Uint8Array(unit.byteLength);
  let [length, zeros] = [0, 0];
  for (const byte of unit.subarray(1)) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    payload[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return payload.subarray(0, length);
}
