import { BoxReader, boxesIn, boxIn } from './boxes.ts';

/** A picture that is put together from tiles, row by row. */
export interface HeifGrid {
  columns: number;
  rows: number;
  /** Of the whole; the last tiles may reach beyond. */
  width: number;
  height: number;
  /** The items that the tiles are. */
  tiles: number[];
  /** Quarter turns, clockwise. */
  turns: number;
}

/** How the main picture of a HEIF file is laid out, out of the beginning of the file; undefined when it is no grid. */
export function readHeifGrid(file: Buffer): HeifGrid | undefined {
  try {
    if (file.toString('latin1', 4, 8) !== 'ftyp') return undefined;
    const meta = boxIn(file, 'meta').subarray(4);
    const main = primaryItem(meta);
    if (!isGrid(meta, main)) return undefined;
    const grid = layoutOf(itemData(file, meta, main));
    const tiles = tilesOf(meta, main);
    if (tiles.length !== grid.columns * grid.rows) return undefined;
    return { ...grid, tiles, turns: turnsOf(meta, main) };
  } catch (error) {
    // It breaks off, or goes on beyond what was read.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function primaryItem(meta: Buffer): number {
  const reader = new BoxReader(boxIn(meta, 'pitm'));
  return reader.number(reader.version().version === 0 ? 2 : 4);
}

function isGrid(meta: Buffer, item: number): boolean {
  const reader = new BoxReader(boxIn(meta, 'iinf'));
  reader.number(reader.version().version === 0 ? 2 : 4);
  for (const { body } of boxesIn(reader.rest())) {
    const entry = new BoxReader(body);
    const { version } = entry.version();
    if (entry.number(version < 3 ? 2 : 4) !== item) continue;
    entry.number(2);
    return entry.rest().toString('latin1', 0, 4) === 'grid';
  }
  return false;
}

/** Which items an item is derived from. */
function tilesOf(meta: Buffer, item: number): number[] {
  const reader = new BoxReader(boxIn(meta, 'iref'));
  const bytes = reader.version().version === 0 ? 2 : 4;
  for (const { type, body } of boxesIn(reader.rest())) {
    const reference = new BoxReader(body);
    if (type !== 'dimg' || reference.number(bytes) !== item) continue;
    return Array.from({ length: reference.number(2) }, () => reference.number(bytes));
  }
  return [];
}

/** The bytes of an item, from the file or from the box that holds small ones. */
function itemData(file: Buffer, meta: Buffer, item: number): Buffer {
  const reader = new BoxReader(boxIn(meta, 'iloc'));
  const { version } = reader.version();
  const sizes = reader.number(2);
  const [offset, length, base, index] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, sizes & 15];
  const count = reader.number(version < 2 ? 2 : 4);
  for (let at = 0; at < count; at++) {
    const id = reader.number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : reader.number(2) & 15;
    reader.number(2);
    let start = reader.number(base ?? 0);
    let size = 0;
    const extents = reader.number(2);
    for (let extent = 0; extent < extents; extent++) {
      if (version > 0) reader.number(index ?? 0);
      const from = reader.number(offset ?? 0);
      size = reader.number(length ?? 0);
      if (extent === 0) start += from;
    }
    if (id === item) return (method === 1 ? boxIn(meta, 'idat') : file).subarray(start, start + size);
  }
  return Buffer.alloc(0);
}

function layoutOf(data: Buffer): { rows: number; columns: number; width: number; height: number } {
  const reader = new BoxReader(data);
  reader.number(1);
  const bytes = reader.number(1) & 1 ? 4 : 2;
  const [rows, columns] = [reader.number(1) + 1, reader.number(1) + 1];
  return { rows, columns, width: reader.number(bytes), height: reader.number(bytes) };
}

/** HEIF counts them the other way round. */
function turnsOf(meta: Buffer, item: number): number {
  const properties = boxIn(meta, 'iprp');
  const known = [...boxesIn(boxIn(properties, 'ipco'))];
  const reader = new BoxReader(boxIn(properties, 'ipma'));
  const { version, flags } = reader.version();
  const entries = reader.number(4);
  for (let at = 0; at < entries; at++) {
    const id = reader.number(version === 0 ? 2 : 4);
    const indices = Array.from({ length: reader.number(1) }, () =>
      flags & 1 ? reader.number(2) & 0x7fff : reader.number(1) & 0x7f,
    );
    if (id !== item) continue;
    const turn = indices.map((index) => known[index - 1]).find((box) => box?.type === 'irot');
    return (4 - ((turn?.body[0] ?? 0) & 3)) % 4;
  }
  return 0;
}
