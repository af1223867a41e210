import { endProcess, PATHS, PortholeError, type PowerParams, powerBody, wakeResult } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Audit } from '../../audit/audit.ts';
import type { Subject } from '../../base/access.ts';
import { route } from '../../base/http/route.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import { Once } from './once.ts';
import { powerCall } from './powerCall.ts';
import { type WakeParts, wake } from './wake/wake.ts';

const DEVICE = `${PATHS.devices}/:id`;
const pidForm = z.coerce.number().int().min(2);

/** Acts on whole machines and their processes. Each is in the log before it happens, and happens once. */
export function registerPower(
  app: FastifyInstance,
  directory: DeviceDirectory,
  audit: Audit,
  broadcast?: WakeParts['broadcast'],
): void {
  const once = new Once();
  const act = (subject: Subject, deviceId: string, params: PowerParams) =>
    once.do(`${deviceId} ${params.id}`, async () => {
      const link = directory.get(deviceId).interactive;
      if (!link) throw new PortholeError('device.offline');
      const { id: _, action, ...detail } = params;
      audit.append({ actor: subject.username, action: `power.${action}`, target: deviceId, detail });
      await powerCall(link, params, subject.username);
    });
  route(app, {
    method: 'POST',
    url: `${DEVICE}/power`,
    right: 'power',
    summary: 'Locks, suspends, restarts or shuts down the device; once for each id.',
    body: powerBody,
    handler: ({ subject, params, body }) => act(subject, params.id ?? '', body),
  });
  route(app, {
    method: 'POST',
    url: `${DEVICE}/processes/:pid/end`,
    right: 'power',
    summary: 'Ends a process of the device, politely or not; once for each id.',
    body: endProcess,
    handler: ({ subject, params, body }) => {
      const pid = pidForm.safeParse(params.pid);
      if (!pid.success) throw new PortholeError('not-found');
      const { kill, ...rest } = body;
      return act(subject, params.id ?? '', { ...rest, action: kill ? 'kill' : 'end', pid: pid.data });
    },
  });
  route(app, {
    method: 'POST',
    url: `${DEVICE}/wake`,
    right: 'power',
    summary: 'Sends magic packets for a device that is offline, from the hub and from devices near it.',
    body: z.strictObject({}),
    reply: wakeResult,
    handler: ({ subject, params }) =>
      wake({ directory, audit, ...(broadcast && { broadcast }) }, subject, params.id ?? ''),
  });
}
