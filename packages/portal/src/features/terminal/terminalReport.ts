import type {} from '../../base/scriptAccess.ts';

/** The terminal that has the keyboard, as scripts get it. */
export interface TerminalReport {
  /** Rows on the screen as text, without what is blank at their ends; those that were asked for. */
  lines: string[];
  /** In cells, from 0. */
  cursor: { x: number; y: number };
  columns: number;
  rows: number;
  phase: 'connecting' | 'live' | 'reconnecting' | 'ended' | 'refused';
  /** Round trip to the hub, in ms; null while none was measured. */
  roundTrip: number | null;
  /** What is shown of keys that the device has not confirmed. */
  predicted: string;
}

/** Rows of the screen, `to` not among them; all when left out. */
export interface AskedRows {
  from?: number;
  to?: number;
}

declare global {
  interface PortholeScripts {
    /** The terminal that has the keyboard; undefined while none is shown. Cheap enough for every frame. */
    terminal?(rows?: AskedRows): TerminalReport | undefined;
  }
}
