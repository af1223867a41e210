import type { FastifyInstance } from 'fastify';
import type { Portals } from './portals/portals.ts';
import { registerPreferenceRoutes } from './preferences/preferenceRoutes.ts';
import { PreferenceStore } from './preferences/preferenceStore.ts';
import { registerProductRoutes } from './product/productRoutes.ts';
import { ProductStore } from './product/productStore.ts';
import type { HubServices } from './services.ts';

/** Adds how users like the portal, and what it is called; open pages follow at once. */
export function connectPersonal(app: FastifyInstance, services: HubServices, portals: Portals): void {
  registerPreferenceRoutes(app, new PreferenceStore(services), (part, userId) =>
    portals.tell({ type: 'preferences.changed', part }, (subject) => userId === undefined || subject.userId === userId),
  );
  registerProductRoutes(app, new ProductStore(services), (product) =>
    portals.tell({ type: 'product', product }, () => true),
  );
}
