import { FRAME_HEADER, LIMITS, PATHS } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { shownAlerts } from './alerts/alertRoutes.ts';
import { capabilitiesOf, type Subject } from './base/access.ts';
import { Tickets } from './base/relay/tickets.ts';
import { connectHealth } from './connectHealth.ts';
import { connectPersonal } from './connectPersonal.ts';
import { AgentEntry } from './devices/agentEntry.ts';
import { Interest } from './devices/interest.ts';
import { registerDeviceRoutes } from './devices/routes.ts';
import { openCommands } from './features/commands/commands.ts';
import { fileHooks, openFiles } from './features/files/files.ts';
import { InputSeats } from './features/input/input.ts';
import { registerPower } from './features/power/power.ts';
import { screenHooks } from './features/screen/screen.ts';
import { statsHooks } from './features/stats/stats.ts';
import { terminalHooks } from './features/terminal/terminal.ts';
import { terminalNews } from './features/terminal/terminalNews.ts';
import { ThumbnailFeed } from './features/thumbnail/thumbnail.ts';
import { openDevices } from './openDevices.ts';
import { Portals } from './portals/portals.ts';
import type { HubServices } from './services.ts';

/** The largest WebSocket message either side may send: a full data frame; control messages are checked again, and smaller. */
const MAX_PAYLOAD = LIMITS.dataPayload + FRAME_HEADER;

/** Adds what is about devices: their routes, the features, and the two paths on which agents and portals come in. */
export function connectDevices(app: FastifyInstance, services: HubServices): { close(): Promise<void> } {
  const { audit, config, gate, identity, log, sessions, store, tokens } = services;
  const devices = openDevices(app, services);
  const { directory, traffics } = devices;
  const interest = new Interest((id) => {
    for (const feed of feeds) feed.refresh(id);
  });
  const health = connectHealth(app, services, { directory, interest });
  const feeds = [health.stats, new ThumbnailFeed(directory, interest)];
  const seats = new InputSeats(directory);
  const show = (subject: Subject, id: string) => {
    const device = directory.find(id);
    const capabilities = capabilitiesOf(subject, id);
    return device && capabilities.includes('view') ? directory.show(device, capabilities) : undefined;
  };
  const tickets = new Tickets();
  const terminals = terminalNews(directory);
  const seen = { screen: screenHooks(directory), stats: statsHooks };
  const hooks = { ...seen, input: seats, files: fileHooks, terminal: terminalHooks };
  const alerts = {
    shown: (subject: Subject) => shownAlerts(subject, health.alerts.on),
    listen: (listener: () => void) => health.alerts.listen(listener),
  };
  const portals = new Portals({ directory, interest, tickets, hooks, audit, alerts, show, log }, sessions);
  const agents = new AgentEntry({ identity, directory, store, traffics, log });

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
  registerPower(app, directory, audit);
  connectPersonal(app, services, portals);
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
      terminals.close();
      for (const feed of feeds) feed.close();
      health.close();
      portals.close();
      return devices.close();
    },
  };
}
