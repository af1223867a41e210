import * as z from 'zod';
import type { FeatureSpec } from './feature.ts';

/** The picture of one monitor, agent to viewer, and the viewer's acknowledgements. One encode serves every viewer of a monitor. */
export const screen = {
  capability: 'view',
  delivery: 'lossy',
  link: 'interactive',
  params: z.strictObject({
    /** Which monitor; '' is the whole display. */
    monitor: z.string().max(64),
    /** The picture is shrunk by this factor before it is coded. */
    shrink: z.number().int().min(1).max(4).default(1),
  }),
} as const satisfies FeatureSpec;
export type ScreenParams = z.infer<typeof screen.params>;

/** Largest display side that is accepted, in pixels. */
export const MAX_SIDE = 16_384;
/** Largest rectangle of one lossless tile (solid, palette, rgb), in pixels; keeps a message far below the frame limit. */
export const MAX_TILE_PIXELS = 65_536;
/** Largest rectangle of one coded image (jpeg, webp), in pixels. */
export const MAX_IMAGE_PIXELS = 262_144;

/** An acknowledgement that may be delayed comes after this long at the latest, in ms. */
export const ACK_DELAY_MS = 200;

/**
 * How the bytes of a rectangle are coded; all integers are big endian. Rectangles of a picture are applied in order.
 * solid: 3 bytes R G B. palette: u8 count-1, count times R G B, then raw deflate of one index byte per pixel.
 * rgb: raw deflate of three bytes per pixel, each row as the difference to the pixel on the left.
 * copy: u16 x, u16 y: the same size is copied from there, as it is at that moment. jpeg: a baseline JPEG, the only coder
 * besides video that loses something. webp: a lossless WebP. video: see `VideoPiece`.
 */
export const Coder = { solid: 0, palette: 1, rgb: 2, copy: 3, jpeg: 4, webp: 5, video: 6 } as const;
export type Coder = (typeof Coder)[keyof typeof Coder];

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface CodedRect extends Rect {
  coder: Coder;
  bytes: Uint8Array;
}

export interface Monitor extends Rect {
  id: string;
  name: string;
}

export const screenState = z.strictObject({
  /** 'ok', or why there is no picture. */
  display: z.enum(['ok', 'missing', 'lost']),
  /** Size of the monitor shown, in pixels; 0 while there is none. */
  width: z.number().int().min(0).max(MAX_SIDE),
  height: z.number().int().min(0).max(MAX_SIDE),
  monitor: z.string().max(64),
  monitors: z
    .array(
      z.strictObject({
        id: z.string().max(64),
        name: z.string().max(64),
        x: z.number().int().min(-MAX_SIDE).max(MAX_SIDE),
        y: z.number().int().min(-MAX_SIDE).max(MAX_SIDE),
        width: z.number().int().min(1).max(MAX_SIDE),
        height: z.number().int().min(1).max(MAX_SIDE),
      }),
    )
    .max(16),
});
export type ScreenState = z.infer<typeof screenState>;

/**
 * Part of a picture. A picture may take several parts (same `seq`); the viewer shows it when the part with `last` came.
 * `exact`: with this picture everything shown is the display's, bit for bit. `delayAck`: its acknowledgement may be left to
 * that of a later picture, within `ACK_DELAY_MS`: each one wakes hub and device, which costs more than a small picture. `capturedAt` is the device's monotonic clock in
 * ms at the moment the change was noticed; the two costs are in ms.
 */
export interface ScreenUpdate {
  seq: number;
  last: boolean;
  exact: boolean;
  delayAck: boolean;
  capturedAt: number;
  captureMs: number;
  encodeMs: number;
  rects: CodedRect[];
}

/**
 * The bytes of a `video` rectangle: u8 stream, u8 flags (1 key, 2 more), with a key u8 length and the codec string (ASCII,
 * as WebCodecs names it), then the bytes. A stream is bound to its rectangle and codec, and starts with a key; whoever
 * starts another one ends it. Pieces with `more` go on in the next rectangle of the same picture, to make one access unit.
 */
export interface VideoPiece {
  stream: number;
  key: boolean;
  more: boolean;
  /** Only with a key. */
  codec: string;
  bytes: Uint8Array;
}

export interface CursorShape {
  width: number;
  height: number;
  hotX: number;
  hotY: number;
  /** Straight (not premultiplied) RGBA, width * height * 4 bytes; empty when the cursor is hidden. */
  rgba: Uint8Array;
}

export type ScreenMessage =
  | { type: 'state'; state: ScreenState }
  | ({ type: 'update' } & ScreenUpdate)
  | ({ type: 'cursor' } & CursorShape)
  | { type: 'pointer'; x: number; y: number }
  | { type: 'pong'; sentAt: number; deviceAt: number };

export const PICTURES = ['auto', 'sharp', 'smooth', 'light'] as const;
/** What a picture shall be good at. sharp: never loses anything. smooth: rather fluent than exact in motion. light: few bytes. */
export type Picture = (typeof PICTURES)[number];

/** What a viewer can show, and what it wants. In force from when it arrives; before the first one, images only and no limits. */
export const screenWishes = z.strictObject({
  /** Codec strings that this viewer's VideoDecoder takes, best first; empty without one. */
  codecs: z.array(z.string().max(32)).max(8),
  picture: z.enum(PICTURES),
  /** Pictures per second at most. */
  maxFps: z.number().int().min(1).max(120),
  /** Thousand bytes per second at most; 0 is no cap. */
  maxKBps: z.number().int().min(0).max(1_000_000),
});
export type ScreenWishes = z.infer<typeof screenWishes>;

/** From the viewer. `ack` follows the last part of a picture; costs in ms. `refresh` asks for the whole picture. */
export type ScreenReply =
  | { type: 'ack'; seq: number; decodeMs: number; paintMs: number }
  | { type: 'wish'; wishes: ScreenWishes }
  | { type: 'ping'; sentAt: number }
  | { type: 'refresh' };
