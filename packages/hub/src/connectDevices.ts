import { FRAME_HEADER, LIMITS, PATHS } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { capabilitiesOf, type Subject } from './base/access.ts';
import { Tickets } from './base/relay/tickets.ts';
import { AgentEntry } from './devices/agentEntry.ts';
import { DeviceDirectory } from './devices/directory.ts';
import { Interest } from './devices/interest.ts';
import { registerDeviceRoutes } from './devices/routes.ts';
import { openCommands } from './features/commands/commands.ts';
import { fileHooks, openFiles } from './features/files/files.ts';
import { InputSeats } from './features/input/input.ts';
import { screenHooks } from './features/screen/screen.ts';
import { statsFeed } from './features/stats/stats.ts';
import { terminalHooks } from './features/terminal/terminal.ts';
import { TerminalNews } from './features/terminal/terminalNews.ts';
import { thumbnailFeed } from './features/thumbnail/thumbnail.ts';
import { Portals } from './portals/portals.ts';
import type { HubServices } from './services.ts';

/** The largest WebSocket message either side may send: a full data frame; control messages are checked again, and smaller. */
const MAX_PAYLOAD = LIMITS.dataPayload + FRAME_HEADER;

/** Adds what is about devices: their routes, the features, and the two paths on which agents and portals come in. */
export function connectDevices(app: FastifyInstance, services: HubServices): { close(): void } {
  const { audit, config, gate, identity, log, sessions, store, tokens } = services;
  const directory = new DeviceDirectory(store);
  const interest = new Interest((id) => {
    for (const feed of feeds) feed.refresh(id);
  });
  const feeds = [statsFeed(directory, interest), thumbnailFeed(directory, interest)];
  const seats = new InputSeats(directory);
  const show = (subject: Subject, id: string) => {
    const device = directory.find(id);
    const capabilities = capabilitiesOf(subject, id);
    return device && capabilities.includes('view') ? directory.show(device, capabilities) : undefined;
  };
  const tickets = new Tickets();
  const terminalNews = new TerminalNews(directory);
  const hooks = { screen: screenHooks(directory), input: seats, files: fileHooks, terminal: terminalHooks };
  const portals = new Portals({ directory, interest, tickets, hooks, audit, show, log }, sessions);
  const agents = new AgentEntry({ identity, directory, store, log });

  const files = openFiles(app, directory, {
    ...services,
    liveLink: (sessionId) => portals.liveLink(sessionId),
  });
  const commands = openCommands(app, directory, services);
  registerDeviceRoutes(app, {
    directory,
    tickets,
    tokens,
    audit,
    show,
    hubUrl: (host) => config.urls.forDevices(host),
    isViewer: (subject, viewer) => portals.find(viewer)?.subject.sessionId === subject.sessionId,
    giveControl: (deviceId, subject, to) => {
      seats.give(deviceId, subject.sessionId, to);
      portals.find(to)?.offerControl(deviceId, subject.username);
    },
  });
  gate.add(PATHS.portalSocket, {
    audience: 'portal',
    maxPayload: MAX_PAYLOAD,
    accept: (ws, _request, subject) => portals.accept(ws, subject),
  });
  gate.add(PATHS.agentSocket, {
    audience: 'agent',
    maxPayload: MAX_PAYLOAD,
    accept: (ws, request, pending) => agents.accept(ws, request, () => pending.done()),
  });
  return {
    close: () => {
      commands.close();
      files.close();
      terminalNews.close();
      for (const feed of feeds) feed.close();
      portals.close();
      directory.close();
    },
  };
}
