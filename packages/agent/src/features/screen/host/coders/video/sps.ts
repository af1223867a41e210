import { Nal, nalPayload, nalType, splitAnnexB } from './annexB.ts';
import { BitReader } from './bitReader.ts';

/** What an H.264 sequence parameter set says, as far as it matters to whoever decodes it. */
export interface Sps {
  profile: number;
  /** The byte of constraint flags, set 0 in its highest bit. */
  constraints: number;
  level: number;
  /** Size of the picture, cropping applied, in pixels. */
  width: number;
  height: number;
  /** 2: the order of output is that of decoding. */
  pictureOrderType: number;
  /** How many pictures a decoder may hold back; undefined where the stream does not say. */
  maxReorderFrames: number | undefined;
  /** As numbered by H.273; undefined where the stream does not say. */
  colour: Colour | undefined;
}

export interface Colour {
  fullRange: boolean;
  primaries: number;
  transfer: number;
  matrix: number;
}

/** Profiles whose parameter sets carry chroma format, depth and scaling lists. */
const HIGH_PROFILES = new Set([44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244]);
const EXTENDED_SAR = 255;

/** The first sequence parameter set of an access unit (Annex B); undefined without one. Throws `RangeError` when it is cut off. */
export function findSps(accessUnit: Uint8Array): Sps | undefined {
  const unit = splitAnnexB(accessUnit).find((nal) => nalType(nal) === Nal.sps);
  return unit && parseSps(nalPayload(unit));
}

/** The codec string of WebCodecs, such as 'avc1.4D401F'. */
export function codecString({ profile, constraints, level }: Sps): string {
  const hex = [profile, constraints, level].map((byte) => byte.toString(16).padStart(2, '0'));
  return `avc1.${hex.join('').toUpperCase()}`;
}

/** True when a decoder knows from the stream that it may show each picture at once. */
export function showsAtOnce({ maxReorderFrames, pictureOrderType }: Sps): boolean {
  return maxReorderFrames === 0 || pictureOrderType === 2;
}

function parseSps(payload: Uint8Array): Sps {
  const reader = new BitReader(payload);
  const [profile, constraints, level] = [reader.bits(8), reader.bits(8), reader.bits(8)];
  reader.unsigned();
  const chroma = HIGH_PROFILES.has(profile) ? readChroma(reader) : 1;
  reader.unsigned();
  const pictureOrderType = readPictureOrder(reader);
  reader.unsigned();
  reader.flag();
  const { width, height } = readSize(reader, chroma);
  const { maxReorderFrames, colour } = reader.flag() ? readVui(reader) : {};
  return { profile, constraints, level, width, height, pictureOrderType, maxReorderFrames, colour };
}

/** Chroma format, as its idc: 1 is 4:2:0. */
function readChroma(reader: BitReader): number {
  const chroma = reader.unsigned();
  if (chroma === 3) reader.flag();
  reader.unsigned();
  reader.unsigned();
  reader.flag();
  if (reader.flag()) {
    for (let list = 0; list < (chroma === 3 ? 12 : 8); list++) {
      if (reader.flag()) skipScalingList(reader, list < 6 ? 16 : 64);
    }
  }
  return chroma;
}

function skipScalingList(reader: BitReader, size: number): void {
  let [last, next] = [8, 8];
  for (let index = 0; index < size; index++) {
    if (next !== 0) next = (last + reader.signed() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function readPictureOrder(reader: BitReader): number {
  const type = reader.unsigned();
  if (type === 0) reader.unsigned();
  if (type === 1) {
    reader.flag();
    reader.signed();
    reader.signed();
    for (let left = reader.unsigned(); left > 0; left--) reader.signed();
  }
  return type;
}

function readSize(reader: BitReader, chroma: number): { width: number; height: number } {
  const [columns, rows] = [reader.unsigned() + 1, reader.unsigned() + 1];
  const fields = reader.flag() ? 1 : 2;
  if (fields === 2) reader.flag();
  reader.flag();
  const crop = reader.flag() ? [0, 0, 0, 0].map(() => reader.unsigned()) : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
  const unitY = (chroma === 1 ? 2 : 1) * fields;
  return { width: columns * 16 - (left + right) * unitX, height: rows * 16 * fields - (top + bottom) * unitY };
}

function readVui(reader: BitReader): Pick<Sps, 'maxReorderFrames' | 'colour'> {
  if (reader.flag() && reader.bits(8) === EXTENDED_SAR) reader.bits(32);
  if (reader.flag()) reader.flag();
  const colour = reader.flag() ? readColour(reader) : undefined;
  if (reader.flag()) {
    reader.unsigned();
    reader.unsigned();
  }
  if (reader.flag()) {
    reader.bits(32);
    reader.bits(32);
    reader.flag();
  }
  skipTimingModels(reader);
  reader.flag();
  return { colour, maxReorderFrames: reader.flag() ? readReorder(reader) : undefined };
}

function readColour(reader: BitReader): Colour | undefined {
  reader.bits(3);
  const fullRange = reader.flag();
  if (!reader.flag()) return undefined;
  return { fullRange, primaries: reader.bits(8), transfer: reader.bits(8), matrix: reader.bits(8) };
}

/** The hypothetical decoders: one for the NAL stream, one for the video alone. */
function skipTimingModels(reader: BitReader): void {
  const models = [0, 1].filter(() => {
    const present = reader.flag();
    if (present) skipTimingModel(reader);
    return present;
  });
  if (models.length > 0) reader.flag();
}

function skipTimingModel(reader: BitReader): void {
  const count = reader.unsigned() + 1;
  reader.bits(8);
  for (let index = 0; index < count; index++) {
    reader.unsigned();
    reader.unsigned();
    reader.flag();
  }
  reader.bits(20);
}

function readReorder(reader: BitReader): number {
  reader.flag();
  for (let skipped = 0; skipped < 4; skipped++) reader.unsigned();
  return reader.unsigned();
}
