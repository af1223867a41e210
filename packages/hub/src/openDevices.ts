import type { FastifyInstance } from 'fastify';
import { Closing } from './base/closing.ts';
import { Arrangement } from './devices/arrangement.ts';
import { registerArrangementRoutes } from './devices/arrangementRoutes.ts';
import { ArrangementStore } from './devices/arrangementStore.ts';
import { ClockWatch } from './devices/clockWatch.ts';
import { DeviceDefaults } from './devices/deviceDefaults.ts';
import { DeviceDirectory } from './devices/directory.ts';
import { sendingNews } from './devices/sendingNews.ts';
import type { HubServices } from './services.ts';
import { registerTrafficRoutes } from './traffic/trafficRoutes.ts';
import { Traffics } from './traffic/traffics.ts';

/** What the hub knows of devices, whatever their features are. */
export interface OpenDevices {
  readonly directory: DeviceDirectory;
  readonly traffics: Traffics;
  /** Writes down what is only in memory. Ends after everything that uses the directory. */
  close(): Promise<void>;
}

/** Opens the directory with what people arranged, and adds the routes to arrange more. */
export function openDevices(app: FastifyInstance, { db, audit, store }: HubServices): OpenDevices {
  const closing = new Closing();
  const defaults = new DeviceDefaults({ db, audit });
  const directory = closing.add(new DeviceDirectory(store, defaults));
  const traffics = closing.add(new Traffics(db, directory));
  closing.add(sendingNews(directory));
  closing.add(new ClockWatch(directory));
  registerArrangementRoutes(app, new Arrangement(directory, new ArrangementStore(db, audit), defaults));
  registerTrafficRoutes(app, traffics);
  return { directory, traffics, close: () => closing.close() };
}
