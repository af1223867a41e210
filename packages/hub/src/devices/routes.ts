import {
  createTicket,
  type Device,
  device,
  deviceFacts,
  enrolment,
  FEATURES,
  featureName,
  giveControl,
  PATHS,
  PortholeError,
  setToggle,
  ticket,
} from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Audit } from '../audit/audit.ts';
import { allows, type Subject } from '../base/access.ts';
import { route } from '../base/http/route.ts';
import type { Tickets } from '../base/relay/tickets.ts';
import type { DeviceDirectory } from './directory.ts';
import type { Tokens } from './tokens.ts';

export interface DeviceRouteServices {
  directory: DeviceDirectory;
  tickets: Tickets;
  tokens: Tokens;
  audit: Audit;
  show: (subject: Subject, id: string) => Device | undefined;
  /** The URL that a new device should call, given the `Host` that the asking person came by. */
  hubUrl: (host: string | undefined) => string;
  /** True when a page of this session goes by that name: nobody watches or controls in another's. */
  isViewer: (subject: Subject, viewer: string) => boolean;
  /** Gives control of a device, held by a viewer of this session, to the viewer `to`. */
  giveControl: (deviceId: string, subject: Subject, to: string) => void;
}

/** How long a command copied from the portal may be used, in ms. */
const ENROLMENT_MS = 15 * 60_000;

/** Everything about devices that is not a live channel. */
export function registerDeviceRoutes(app: FastifyInstance, services: DeviceRouteServices): void {
  registerReading(app, services);
  registerChanging(app, services);
  registerLive(app, services);
}

function registerReading(app: FastifyInstance, { directory, show }: DeviceRouteServices): void {
  route(app, {
    method: 'GET',
    url: PATHS.devices,
    right: 'session',
    summary: 'All devices that the user may see.',
    reply: z.array(device),
    handler: ({ subject }) => directory.ids.map((id) => show(subject, id)).filter((shown) => shown !== undefined),
  });
  route(app, {
    method: 'GET',
    url: `${PATHS.devices}/:id`,
    right: 'view',
    summary: 'One device.',
    reply: device,
    handler: ({ subject, params }) => show(subject, params.id ?? '') ?? notFound(),
  });
  route(app, {
    method: 'GET',
    url: `${PATHS.devices}/:id/facts`,
    right: 'stats',
    summary: 'What the device is, as it last said; not found while it never did.',
    reply: deviceFacts,
    handler: ({ params }) => directory.get(params.id ?? '').facts ?? notFound(),
  });
  route(app, {
    method: 'GET',
    url: `${PATHS.devices}/:id/thumbnail`,
    right: 'view',
    summary: 'The latest small picture of the device, as JPEG.',
    query: z.strictObject({ v: z.string().max(64).optional() }),
    handler: ({ params, query, reply }) => {
      const picture = directory.picture(params.id ?? '') ?? notFound();
      const exact = query.v === picture.version;
      const caching = exact ? 'private, max-age=86400, immutable' : 'private, no-cache';
      return reply.type('image/jpeg').header('cache-control', caching).send(Buffer.from(picture.jpeg));
    },
  });
}

function registerChanging(app: FastifyInstance, services: DeviceRouteServices): void {
  const { directory, tokens, audit, hubUrl } = services;
  route(app, {
    method: 'DELETE',
    url: `${PATHS.devices}/:id`,
    right: 'admin',
    summary: 'Removes a device: its key is refused from now on, and its connections end at once.',
    handler: ({ subject, params }) => directory.remove(params.id ?? '', subject.username),
  });
  route(app, {
    method: 'PUT',
    url: `${PATHS.devices}/:id/toggles/:feature`,
    right: 'control',
    summary: 'Switches a live feed of the device on or off; answered when the device has remembered it.',
    body: setToggle,
    handler: async ({ subject, params, body }) => {
      const feature = featureName.safeParse(params.feature);
      if (!feature.success) throw new PortholeError('not-found');
      const detail = { feature: feature.data, on: body.on };
      audit.append({ actor: subject.username, action: 'toggle.set', target: params.id ?? '', detail });
      await directory.setToggle(params.id ?? '', feature.data, body.on);
    },
  });
  route(app, {
    method: 'POST',
    url: PATHS.enrolments,
    right: 'admin',
    summary: 'A fresh token for one new device, and the command to run there.',
    body: z.strictObject({}),
    reply: enrolment,
    handler: ({ subject, request }) => {
      const url = hubUrl(request.headers.host);
      const created = tokens.create({ ttlMs: ENROLMENT_MS, uses: 1, createdBy: subject.username });
      return {
        ...created,
        command: `npx porthole agent --hub ${url} --token ${created.token} --data ~/.porthole-agent`,
      };
    },
  });
}

function registerLive(app: FastifyInstance, { tickets, isViewer, giveControl: give }: DeviceRouteServices): void {
  route(app, {
    method: 'POST',
    url: `${PATHS.devices}/:id/tickets`,
    right: 'view',
    summary: 'A ticket for one channel to the device; good once, for 30 seconds, in this session.',
    body: createTicket,
    reply: ticket,
    handler: ({ subject, params, body }) => {
      const deviceId = params.id ?? '';
      if (!allows(subject, deviceId, FEATURES[body.feature].capability)) throw new PortholeError('not-found');
      if (!isViewer(subject, body.viewer)) throw new PortholeError('viewer.unknown');
      return { ticket: tickets.issue({ sessionId: subject.sessionId, deviceId, ...body }) };
    },
  });
  route(app, {
    method: 'POST',
    url: `${PATHS.devices}/:id/control`,
    right: 'control',
    summary: 'Gives control of the device to another viewer of it.',
    body: giveControl,
    handler: ({ subject, params, body }) => give(params.id ?? '', subject, body.to),
  });
}

function notFound(): never {
  throw new PortholeError('not-found');
}
