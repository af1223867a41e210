import type { FastifyInstance } from 'fastify';
import type { Alerts } from './alerts/alerts.ts';
import { openAlerts } from './alerts/openAlerts.ts';
import type { DeviceDirectory } from './devices/directory.ts';
import type { Interest } from './devices/interest.ts';
import { HistoryKeeper } from './features/stats/history/history.ts';
import { StatsFeed } from './features/stats/stats.ts';
import type { HubServices } from './services.ts';

/** How devices are, were, and should be. Close it before the directory. */
export interface Health {
  readonly stats: StatsFeed;
  readonly alerts: Alerts;
  close(): void;
}

/** Samples of all devices, with what they are for: the history, and the alerts, which say what samples they need. */
export function connectHealth(
  app: FastifyInstance,
  services: HubServices,
  { directory, interest }: { directory: DeviceDirectory; interest: Interest },
): Health {
  const history = new HistoryKeeper(app, directory, services);
  const watch = openAlerts(app, directory, services, (id) => stats.refresh(id));
  const { alerts } = watch;
  const stats = new StatsFeed({ directory, interest, history, guard: alerts });
  return {
    stats,
    alerts,
    close: () => {
      stats.close();
      watch.close();
      history.close();
    },
  };
}
