import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';
import type { DeviceDirectory } from '../devices/directory.ts';
import { registerAlerts } from './alertRoutes.ts';
import { AlertStore } from './alertStore.ts';
import { Alerts } from './alerts.ts';
import { RuleStore } from './ruleStore.ts';
import { Webhook } from './webhook/webhook.ts';
import { registerWebhook } from './webhook/webhookRoutes.ts';

/** What of the hub alerts need. */
export interface AlertHub {
  db: Database;
  audit: Audit;
  log: Logger;
}

/** Everything of the hub that is about alerts. `demandChanged` hears of devices whose samples are wanted otherwise now. */
export function openAlerts(
  app: FastifyInstance,
  directory: DeviceDirectory,
  { db, audit, log }: AlertHub,
  demandChanged: (deviceId: string) => void,
): { alerts: Alerts; close(): void } {
  const rules = new RuleStore({ db, audit });
  const store = new AlertStore(db);
  const webhook = new Webhook({ db, audit, log });
  const alerts = new Alerts({ directory, rules, store, webhook, demandChanged });
  registerAlerts(app, { alerts, rules, store });
  registerWebhook(app, webhook);
  return {
    alerts,
    close: () => {
      alerts.close();
      webhook.close();
    },
  };
}
