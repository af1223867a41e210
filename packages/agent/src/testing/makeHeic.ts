import { writeFileSync } from 'node:fs';
import { type Av, check, loadAv, setOptions } from '../features/files/thumbnails/host/av.ts';

/** Side of a tile, in pixels. */
const TILE = 128;

export interface HeicOptions {
  /** Brightness of each tile (0 to 255), row by row. */
  tiles: readonly number[];
  columns: number;
  /** Of the whole: the last tiles may reach beyond. */
  width: number;
  height: number;
  /** Quarter turns against the clock, as HEIF counts. */
  turns: number;
}

/** Writes a HEIF picture of HEVC tiles, as telephones do. */
export async function makeHeic(path: string, { tiles, columns, width, height, turns }: HeicOptions): Promise<void> {
  const av = await loadAv();
  const coded = tiles.map((grey) => encodeTile(av, grey));
  const layout = Buffer.from([0, 0, tiles.length / columns - 1, columns - 1, width >> 8, width, height >> 8, height]);
  const ids = tiles.map((_, at) => at + 1);
  const main = tiles.length + 1;
  const ftyp = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const before = ftyp.byteLength;
  const meta = (start: number) => {
    let at = start;
    const places = coded.map(({ bytes }, index) => {
      const from = at;
      at += bytes.byteLength;
      return numbers([index + 1, 2], [0, 2], [0, 2], [1, 2], [from, 4], [bytes.byteLength, 4]);
    });
    places.push(numbers([main, 2], [1, 2], [0, 2], [1, 2], [0, 4], [layout.byteLength, 4]));
    const entry = (id: number, type: string) => full('infe', 2, numbers([id, 2], [0, 2]), Buffer.from(`${type}\0`));
    const properties = [
      box('hvcC', coded[0]?.configuration ?? Buffer.of()),
      full('ispe', 0, numbers([TILE, 4], [TILE, 4])),
      full('ispe', 0, numbers([width, 4], [height, 4])),
      box('irot', Buffer.of(turns)),
    ];
    const uses = [
      ...ids.map((id) => numbers([id, 2], [2, 1], [0x81, 1], [2, 1])),
      numbers([main, 2], [2, 1], [3, 1], [0x84, 1]),
    ];
    return full(
      'meta',
      0,
      full('hdlr', 0, numbers([0, 4]), Buffer.from('pict'), Buffer.alloc(13)),
      full('pitm', 0, numbers([main, 2])),
      full('iinf', 0, numbers([main, 2]), ...ids.map((id) => entry(id, 'hvc1')), entry(main, 'grid')),
      full('iref', 0, box('dimg', numbers([main, 2], [ids.length, 2]), ...ids.map((id) => numbers([id, 2])))),
      box('iprp', box('ipco', ...properties), full('ipma', 0, numbers([main, 4]), ...uses)),
      full('iloc', 1, numbers([0x4400, 2], [main, 2]), ...places),
      box('idat', layout),
    );
  };
  const content = before + meta(0).byteLength + 8;
  writeFileSync(path, Buffer.concat([ftyp, meta(content), box('mdat', ...coded.map(({ bytes }) => bytes))]));
}

function encodeTile(av: Av, grey: number): { bytes: Buffer; configuration: Buffer } {
  const codec = av.Codec.findEncoderByName(av.FF_ENCODER_LIBX265);
  if (!codec) throw new Error('no encoder');
  const context = new av.CodecContext();
  context.allocContext3(codec);
  const [format, timeBase] = [av.AV_PIX_FMT_YUV420P, new av.Rational(1, 1)];
  Object.assign(context, { width: TILE, height: TILE, pixelFormat: format, timeBase, colorRange: av.AVCOL_RANGE_JPEG });
  context.setFlags(av.AV_CODEC_FLAG_GLOBAL_HEADER);
  setOptions(context, { 'x265-params': 'log-level=none:pools=1', preset: 'ultrafast', crf: 10 });
  check(context.open2Sync(codec), 'the encoder does not open');
  const pixels = Buffer.alloc((TILE * TILE * 3) / 2, 128).fill(grey, 0, TILE * TILE);
  const frame = av.Frame.fromVideoBuffer(pixels, { width: TILE, height: TILE, format, timeBase });
  const packet = new av.Packet();
  packet.alloc();
  context.sendFrameSync(frame);
  context.sendFrameSync(null);
  check(context.receivePacketSync(packet), 'not encodable');
  const parameters = new av.CodecParameters();
  parameters.alloc();
  parameters.fromContext(context);
  const configuration = parameters.getDecoderConfigurationRecord() ?? Buffer.of();
  const bytes = withLengths(packet.data ?? Buffer.of());
  packet.free();
  frame.free();
  context.freeContext();
  return { bytes, configuration };
}

/** Units with their lengths before them, instead of start codes. */
function withLengths(stream: Buffer): Buffer {
  const units = stream
    .toString('latin1')
    .split('\0\0\x01')
    .map((unit) => (unit.endsWith('\0') ? unit.slice(0, -1) : unit))
    .filter((unit) => unit !== '');
  return Buffer.concat(units.flatMap((unit) => [numbers([unit.length, 4]), Buffer.from(unit, 'latin1')]));
}

function numbers(...values: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    values.map(([value, bytes]) => {
      const number = Buffer.alloc(bytes);
      number.writeUIntBE(value, 0, bytes);
      return number;
    }),
  );
}

function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([numbers([body.byteLength + 8, 4]), Buffer.from(type), body]);
}

function full(type: string, version: number, ...parts: Buffer[]): Buffer {
  return box(type, numbers([version, 1], [0, 3]), ...parts);
}
