/** Version of the wire protocol. Both ends name theirs in the handshake; the hub refuses what it does not speak. */
export const PROTOCOL_VERSION = 1;

/** Version of the product, shown to people. */
export const PRODUCT_VERSION = '0.1.0';

/** True when this build can talk to a peer that speaks `version`. The one place where versions are compared. */
export function speaks(version: number): boolean {
  return version === PROTOCOL_VERSION;
}
