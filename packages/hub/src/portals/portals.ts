import { randomBytes } from 'node:crypto';
import type { Alert, Device, MessageOf, toPortal } from '@porthole/protocol';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Audit } from '../audit/audit.ts';
import type { Sessions, Subject } from '../auth/sessions.ts';
import { LinkSocket } from '../base/relay/linkSocket.ts';
import type { Tickets } from '../base/relay/tickets.ts';
import type { DeviceDirectory } from '../devices/directory.ts';
import type { Interest } from '../devices/interest.ts';
import type { HooksTable } from './channelHooks.ts';
import { PortalLink } from './portalLink.ts';

/** What the connections of portals work with. */
export interface PortalServices {
  directory: DeviceDirectory;
  interest: Interest;
  tickets: Tickets;
  hooks: HooksTable;
  audit: Audit;
  /** What is on, as far as the user may know of it; listeners are told when that changes. */
  alerts: { shown(subject: Subject): Alert[]; listen(listener: () => void): () => void };
  log: Logger;
  /** The device as the user may see it; undefined when there is none or it is not theirs to see. */
  show: (subject: Subject, id: string) => Device | undefined;
}

/** All open portals, by viewer. A portal ends at once when its session does. */
export class Portals {
  readonly #services: PortalServices;
  readonly #links = new Map<string, PortalLink>();
  readonly #stop: () => void;

  constructor(services: PortalServices, sessions: Sessions) {
    this.#services = services;
    this.#stop = sessions.onEnded((sessionId) => {
      for (const link of this.#links.values()) if (link.subject.sessionId === sessionId) link.end('auth.session-ended');
    });
  }

  accept(ws: WebSocket, subject: Subject): void {
    const viewer = randomBytes(9).toString('base64url');
    const link = new PortalLink({
      viewer,
      subject,
      services: this.#services,
      socket: (handlers) => new LinkSocket(ws, handlers, { log: this.#services.log }),
      onEnd: () => this.#links.delete(viewer),
    });
    this.#links.set(viewer, link);
  }

  /** Tells all pages of the users that are meant; those that have not subscribed ask for everything anyway. */
  tell(message: MessageOf<typeof toPortal>, isMeant: (subject: Subject) => boolean): void {
    for (const link of this.#links.values()) if (isMeant(link.subject)) link.tell(message);
  }

  find(viewer: string): PortalLink | undefined {
    return this.#links.get(viewer);
  }

  /** A connection of the session on which something live comes, such as a screen. */
  liveLink(sessionId: string): PortalLink | undefined {
    for (const link of this.#links.values()) if (link.isLive && link.subject.sessionId === sessionId) return link;
    return undefined;
  }

  close(): void {
    this.#stop();
  }
}
