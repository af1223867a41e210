/** What decides whether to take a free seat without being asked. */
export interface SeatSituation {
  /** The hub knows this page. */
  connected: boolean;
  online: boolean;
  /** The device accepts input at all, and sends a picture to work on. */
  inputOn: boolean;
  screenOn: boolean;
  mayControl: boolean;
  /** Some viewer is in control, this page included. */
  taken: boolean;
}

/** True when the seat is free, open to this user, and worth asking for. */
export function wantsSeat({ connected, online, inputOn, screenOn, mayControl, taken }: SeatSituation): boolean {
  return connected && online && inputOn && screenOn && mayControl && !taken;
}
