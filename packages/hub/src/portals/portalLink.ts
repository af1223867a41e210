import {
  capabilityFor,
  type ErrorCode,
  FEATURES,
  type Frame,
  fromPortal,
  LIMITS,
  type MessageOf,
  PortholeError,
  parseMessage,
  type toPortal,
} from '@porthole/protocol';
import type { Subject } from '../auth/sessions.ts';
import { allows } from '../base/access.ts';
import type { LinkHandlers, LinkSocket } from '../base/relay/linkSocket.ts';
import { ViewerChannel } from '../base/relay/viewerChannel.ts';
import { NOTHING_WANTED, type Wanted } from '../devices/interest.ts';
import { AlertNews } from './alertNews.ts';
import { DeviceNews, type NewsOptions } from './deviceNews.ts';
import type { PortalServices } from './portals.ts';

type Open = Extract<MessageOf<typeof fromPortal>, { type: 'channel.open' }>;
type Watch = Extract<MessageOf<typeof fromPortal>, { type: 'watch' }>;

/** One connection of a portal: the channels on it, and the news of devices it subscribed to. */
export class PortalLink implements LinkHandlers {
  readonly viewer: string;
  readonly subject: Subject;
  readonly #services: PortalServices;
  readonly #socket: LinkSocket;
  readonly #channels = new Map<number, ViewerChannel>();
  readonly #onEnd: () => void;
  #news: DeviceNews | undefined;
  #alerts: AlertNews | undefined;
  #unlisten: (() => void) | undefined;
  #wanted: Wanted = NOTHING_WANTED;
  /** Devices of whose samples each is told. */
  #watched = new Set<string>();

  constructor(options: {
    viewer: string;
    subject: Subject;
    services: PortalServices;
    socket: (handlers: LinkHandlers) => LinkSocket;
    onEnd: () => void;
  }) {
    this.viewer = options.viewer;
    this.subject = options.subject;
    this.#services = options.services;
    this.#onEnd = options.onEnd;
    this.#socket = options.socket(this);
    const { username, role } = this.subject;
    this.#socket.send({ type: 'welcome', viewer: this.viewer, session: { username, role } });
  }

  /** Whether it has a channel that somebody waits at. */
  get isLive(): boolean {
    return [...this.#channels.values()].some(({ feature }) => FEATURES[feature].link === 'interactive');
  }

  /** There and back, in ms; undefined when it is closed, or too many ask. */
  roundTrip(): Promise<number | undefined> {
    return this.#socket.roundTrip();
  }

  /** The user's session is over. */
  end(code: ErrorCode): void {
    this.#socket.send({ type: 'session.ended', code });
    this.#socket.close(code);
  }

  /** News that are not of a device; only of use to who subscribed. */
  tell(message: MessageOf<typeof toPortal>): void {
    if (this.#news) this.#socket.send(message);
  }

  offerControl(device: string, from: string): void {
    this.#socket.send({ type: 'control.offered', device, from });
  }

  text(text: string): void {
    const message = parseMessage(fromPortal, text);
    switch (message.type) {
      case 'channel.open':
        return this.#open(message);
      case 'channel.close':
        return this.#channels.get(message.channel)?.close('channel.closed');
      case 'subscribe':
        return this.#subscribe();
      case 'watch':
        return this.#watch(message);
      case 'ping':
        return this.#socket.send({ type: 'pong', sentAt: message.sentAt });
    }
  }

  frame(frame: Frame): void {
    // Frames of a channel that the hub has just closed may still be under way: they are nobody's.
    const channel = this.#channels.get(frame.channel);
    if (frame.type === 'credit') channel?.creditFromViewer(frame.bytes);
    else channel?.fromViewer(frame.payload);
  }

  closed(): void {
    for (const channel of [...this.#channels.values()]) channel.close('channel.closed');
    this.#services.interest.replace(this.#wanted, NOTHING_WANTED);
    this.#wanted = NOTHING_WANTED;
    this.#unlisten?.();
    this.#news?.close();
    this.#alerts?.close();
    this.#onEnd();
  }

  #open(message: Open): void {
    const { channel: id } = message;
    if (this.#channels.has(id)) throw new PortholeError('message.invalid');
    try {
      this.#connect(message);
    } catch (error) {
      if (!(error instanceof PortholeError)) throw error;
      this.#channels.delete(id);
      this.#socket.send({ type: 'channel.closed', channel: id, code: error.code, message: error.message });
    }
  }

  /** Redeems the ticket, asks again whether it is allowed, and joins the two halves. */
  #connect({ channel: id, ticket, params }: Open): void {
    const { tickets, directory, hooks, audit } = this.#services;
    const right = tickets.redeem(ticket, this.subject.sessionId);
    const { deviceId, feature, viewer } = right;
    const spec = FEATURES[feature];
    const hook = hooks[feature];
    if (!hook) throw new PortholeError('feature.unsupported');
    if (!allows(this.subject, deviceId, spec.capability)) throw new PortholeError('not-found');
    if (!spec.params.safeParse(params).success) throw new PortholeError('request.invalid');
    if (!allows(this.subject, deviceId, capabilityFor(feature, params))) throw new PortholeError('not-found');
    if (this.#channels.size >= LIMITS.channelsPerLink) throw new PortholeError('channel.limit');
    const device = directory.get(deviceId);
    const link = device.link(spec.link);
    if (!link) throw new PortholeError('device.offline');
    const context = { device, viewer, subject: this.subject, params, close: (code: ErrorCode) => channel.close(code) };
    const channel = new ViewerChannel(id, feature, this.#socket, () => {
      this.#channels.delete(id);
      hook.closed(context);
    });
    const detail = hook.logged ? hook.logged(context) : `viewer ${viewer}`;
    if (detail) audit.append({ actor: this.subject.username, action: `${feature}.open`, target: deviceId, detail });
    hook.opening(context);
    this.#channels.set(id, channel);
    try {
      channel.attach(link.open({ feature, params, viewer, user: this.subject.username }, channel));
    } catch (error) {
      if (!(error instanceof PortholeError)) throw error;
      // It counts as open already, so it has to be closed like one.
      channel.closed(error.code, error.message);
    }
  }

  #subscribe(): void {
    if (this.#news) return;
    const { directory, alerts: all } = this.#services;
    const carrier: Pick<NewsOptions, 'send' | 'sendText' | 'backlog'> = {
      send: (message) => this.#socket.send(message),
      sendText: (text) => this.#socket.sendText(text),
      backlog: () => this.#socket.buffered,
    };
    const news = new DeviceNews({ show: (id) => this.#services.show(this.subject, id), ...carrier });
    this.#news = news;
    const unlisten = directory.listen((event) => {
      if (event.type !== 'stats') news.changed(event.id);
      else if (allows(this.subject, event.id, 'stats')) {
        news.sampled(event.id, event.stats, this.#watched.has(event.id));
      }
    });
    news.snapshot(directory.ids);
    const alerts = new AlertNews({ shown: () => all.shown(this.subject), ...carrier });
    this.#alerts = alerts;
    const ignore = all.listen(() => alerts.changed());
    this.#unlisten = () => {
      unlisten();
      ignore();
    };
  }

  #watch(message: Watch): void {
    const wanted = {
      stats: message.stats.filter((id) => allows(this.subject, id, 'stats')),
      thumbnails: message.thumbnails.filter((id) => allows(this.subject, id, 'view')),
    };
    this.#services.interest.replace(this.#wanted, wanted);
    this.#wanted = wanted;
    this.#watched = new Set(wanted.stats);
  }
}
