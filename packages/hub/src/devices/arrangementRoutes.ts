import {
  changeProfiles,
  deviceProfile,
  PATHS,
  renameDevice,
  screenSettings,
  sendingSettings,
  sharedLayout,
  terminalSettings,
} from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { route } from '../base/http/route.ts';
import type { Arrangement } from './arrangement.ts';

/** Bytes of a layout in JSON, were each of its characters escaped. */
const LAYOUT_BYTES = 6 * 65_536 + 64;

/** What people set of devices: how they are called and arranged, and what they send. */
export function registerArrangementRoutes(app: FastifyInstance, arrangement: Arrangement): void {
  registerProfiles(app, arrangement);
  registerSettings(app, arrangement);
  registerDefaults(app, arrangement);
  registerLayout(app, arrangement);
}

function registerProfiles(app: FastifyInstance, arrangement: Arrangement): void {
  route(app, {
    method: 'PATCH',
    url: `${PATHS.devices}/:id`,
    right: 'admin',
    summary: 'Renames a device.',
    body: renameDevice,
    handler: ({ subject, params, body }) => arrangement.rename(params.id ?? '', body.name, subject.username),
  });
  route(app, {
    method: 'PUT',
    url: `${PATHS.devices}/:id/profile`,
    right: 'admin',
    summary: 'Sets number, icon, colour, group, tags and notes of a device.',
    body: deviceProfile,
    handler: ({ subject, params, body }) => arrangement.setProfile(params.id ?? '', body, subject.username),
  });
  route(app, {
    method: 'POST',
    url: `${PATHS.devices}/profiles`,
    right: 'admin',
    summary: 'The same change for many devices; all of them or none.',
    body: changeProfiles,
    bodyLimit: 256 * 1024,
    handler: ({ subject, body }) => arrangement.changeProfiles(body, subject.username),
  });
}

function registerSettings(app: FastifyInstance, arrangement: Arrangement): void {
  const base = `${PATHS.devices}/:id/settings`;
  route(app, {
    method: 'PUT',
    url: `${base}/screen`,
    right: 'admin',
    summary: 'Sets what viewers of the screen have by default; in force at once for all who chose nothing else.',
    body: screenSettings,
    handler: ({ subject, params, body }) => arrangement.setScreenSettings(params.id ?? '', body, subject.username),
  });
  route(app, {
    method: 'DELETE',
    url: `${base}/screen`,
    right: 'admin',
    summary: 'Gives the device what all devices have by default.',
    handler: ({ subject, params }) => arrangement.setScreenSettings(params.id ?? '', null, subject.username),
  });
  route(app, {
    method: 'PUT',
    url: `${base}/terminal`,
    right: 'admin',
    summary: 'Sets whether terminals are recorded and how long they are kept; in force at once, open ones included.',
    body: terminalSettings,
    handler: ({ subject, params, body }) => arrangement.setTerminalSettings(params.id ?? '', body, subject.username),
  });
  route(app, {
    method: 'PUT',
    url: `${base}/sending`,
    right: 'admin',
    summary: 'Sets what the device sends by itself; in force at once.',
    body: sendingSettings,
    handler: ({ subject, params, body }) => arrangement.setSendingSettings(params.id ?? '', body, subject.username),
  });
  route(app, {
    method: 'DELETE',
    url: `${base}/sending`,
    right: 'admin',
    summary: 'Lets the device send what all devices send.',
    handler: ({ subject, params }) => arrangement.setSendingSettings(params.id ?? '', null, subject.username),
  });
}

function registerDefaults(app: FastifyInstance, arrangement: Arrangement): void {
  route(app, {
    method: 'GET',
    url: PATHS.screenDefaults,
    right: 'session',
    summary: 'What viewers have by default of devices that have no settings of their own.',
    reply: screenSettings,
    handler: () => arrangement.defaults.screen,
  });
  route(app, {
    method: 'PUT',
    url: PATHS.screenDefaults,
    right: 'admin',
    summary: 'Sets that; in force at once.',
    body: screenSettings,
    handler: ({ subject, body }) => arrangement.setDefaultScreenSettings(body, subject.username),
  });
  route(app, {
    method: 'GET',
    url: PATHS.sendingDefaults,
    right: 'session',
    summary: 'What devices send by themselves that have no settings of their own.',
    reply: sendingSettings,
    handler: () => arrangement.defaults.sending,
  });
  route(app, {
    method: 'PUT',
    url: PATHS.sendingDefaults,
    right: 'admin',
    summary: 'Sets that; in force at once, also for devices that are being looked at.',
    body: sendingSettings,
    handler: ({ subject, body }) => arrangement.setDefaultSendingSettings(body, subject.username),
  });
}

function registerLayout(app: FastifyInstance, arrangement: Arrangement): void {
  route(app, {
    method: 'GET',
    url: `${PATHS.devices}/:id/layout`,
    right: 'view',
    summary: 'The workspace that an admin shares with all who look at the device; null when there is none.',
    reply: sharedLayout,
    handler: ({ params }) => ({ layout: arrangement.layoutOf(params.id ?? '') }),
  });
  route(app, {
    method: 'PUT',
    url: `${PATHS.devices}/:id/settings/layout`,
    right: 'admin',
    summary: 'Shares a workspace with all who look at the device; null takes it away.',
    body: sharedLayout,
    bodyLimit: LAYOUT_BYTES,
    handler: ({ subject, params, body }) => arrangement.setLayout(params.id ?? '', body.layout, subject.username),
  });
}
