import { joinAnnexB, Nal, nalType, splitAnnexB } from './annexB.ts';
import { codecString, findSps, showsAtOnce } from './sps.ts';

/** An access unit with which a stream can begin. */
export interface Key {
  bytes: Uint8Array;
  /** Codec string of the stream that begins with it. */
  codec: string;
}

/**
 * Takes messages about the encoder out of a key. Throws when the key does not carry its parameter sets, or when they let a
 * decoder hold pictures back.
 */
export function prepareKey(accessUnit: Uint8Array): Key {
  const sps = findSps(accessUnit);
  const units = splitAnnexB(accessUnit).filter((unit) => nalType(unit) !== Nal.sei);
  if (!sps || !units.some((unit) => nalType(unit) === Nal.pps)) throw new Error('a key without its parameter sets');
  if (!units.some((unit) => nalType(unit) === Nal.idr)) throw new Error('a key that is none');
  if (!showsAtOnce(sps)) throw new Error('a stream that may be shown late');
  return { bytes: joinAnnexB(units), codec: codecString(sps) };
}
