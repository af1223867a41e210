import type { Monitor } from '@porthole/protocol';
import type { Randr } from 'x11';
import type { XConnection } from './connection.ts';
import { clip } from './mergeRects.ts';

const MAX_MONITORS = 16;
const MAX_NAME = 64;
const GET_MONITORS = 42;
const INFO_BYTES = 24;

/** A monitor as RANDR 1.5 says it; `name` is an atom. */
export interface MonitorInfo {
  name: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Size and monitors of a display. */
export interface ScreenLayout {
  width: number;
  height: number;
  monitors: Monitor[];
}

/** Unpacks the reply of RRGetMonitors from its ninth byte on; stops at what does not fit. */
export function unpackMonitors(body: Buffer): MonitorInfo[] {
  const infos: MonitorInfo[] = [];
  const count = body.readUInt32LE(4);
  for (let offset = 24; infos.length < count && offset + INFO_BYTES <= body.length; ) {
    infos.push({
      name: body.readUInt32LE(offset),
      x: body.readInt16LE(offset + 8),
      y: body.readInt16LE(offset + 10),
      width: body.readUInt16LE(offset + 12),
      height: body.readUInt16LE(offset + 14),
    });
    offset += INFO_BYTES + 4 * body.readUInt16LE(offset + 6);
  }
  return infos;
}

/** Reads the display's size and monitors; a display without RANDR 1.5, or with no monitor inside it, is one monitor. */
export async function readLayout(connection: XConnection, randr: Randr | undefined): Promise<ScreenLayout> {
  const { client, root } = connection;
  const { width, height } = await connection.ask<{ width: number; height: number }>((reply) =>
    client.GetGeometry(root, reply),
  );
  const infos = randr && atLeast15(randr) ? await askMonitors(connection, randr) : [];
  const monitors: Monitor[] = [];
  for (const info of infos.slice(0, MAX_MONITORS)) {
    const area = clip(info, width, height);
    const name = await connection.atomName(info.name);
    const id = name.slice(0, MAX_NAME);
    if (area && !monitors.some((other) => other.id === id)) monitors.push({ id, name: id, ...area });
  }
  if (monitors.length === 0) monitors.push({ id: 'screen', name: 'screen', x: 0, y: 0, width, height });
  return { width, height, monitors };
}

function atLeast15(randr: Randr): boolean {
  return randr.major_version > 1 || randr.minor_version >= 5;
}

function askMonitors(connection: XConnection, randr: Randr): Promise<MonitorInfo[]> {
  const request = Buffer.alloc(12);
  request.writeUInt8(randr.majorOpcode, 0);
  request.writeUInt8(GET_MONITORS, 1);
  request.writeUInt16LE(3, 2);
  request.writeUInt32LE(connection.root, 4);
  request.writeUInt8(1, 8);
  return connection.askRaw(request, unpackMonitors);
}

/**
 * Calls `changed` with the new layout after size or monitors changed, never twice for the same. Several notices of one
 * change give one reading.
 */
export async function watchLayout(
  connection: XConnection,
  changed: (layout: ScreenLayout) => void,
): Promise<ScreenLayout> {
  const { client, root } = connection;
  const randr = await connection.extension('randr').catch(() => undefined);
  let last = '';
  let again = false;
  let reading = false;
  const read = async (): Promise<void> => {
    again = true;
    if (reading) return;
    reading = true;
    try {
      while (again) {
        again = false;
        const layout = await readLayout(connection, randr);
        const key = JSON.stringify(layout);
        if (key !== last) changed(layout);
        last = key;
      }
    } finally {
      reading = false;
    }
  };
  const isNotice = (type: number): boolean =>
    type === CONFIGURE_NOTIFY || (randr !== undefined && (type === randr.firstEvent || type === randr.firstEvent + 1));
  connection.onEvent(({ type }) => {
    // Reading fails only when the connection ends, which its owner hears of.
    if (isNotice(type) && last !== '') void read().catch(() => undefined);
  });
  client.ChangeWindowAttributes(root, { eventMask: STRUCTURE_NOTIFY });
  randr?.SelectInput(root, RR_SCREEN | RR_CRTC | RR_OUTPUT);
  const layout = await readLayout(connection, randr);
  last = JSON.stringify(layout);
  return layout;
}

const CONFIGURE_NOTIFY = 22;
const STRUCTURE_NOTIFY = 0x0002_0000;
const RR_SCREEN = 1;
const RR_CRTC = 2;
const RR_OUTPUT = 4;
