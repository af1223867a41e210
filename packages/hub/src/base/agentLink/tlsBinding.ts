import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { BINDING_BYTES, BINDING_LABEL, PortholeError } from '@porthole/protocol';

/**
 * A secret that only the two ends of this very TLS connection know (RFC 5705), as base64url. Signatures over it are
 * worthless to anyone who relays them over another connection.
 */
export function tlsBinding(socket: Duplex): string {
  if (!(socket instanceof TLSSocket)) throw new PortholeError('hello.invalid');
  return socket.exportKeyingMaterial(BINDING_BYTES, BINDING_LABEL, Buffer.alloc(0)).toString('base64url');
}
