import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pino } from 'pino';
import { Audit } from '../audit/audit.ts';
import { DeviceStore } from '../devices/deviceStore.ts';
import { DeviceDirectory } from '../devices/directory.ts';
import { openFiles } from '../features/files/files.ts';
import { Users } from '../users/users.ts';
import { FileDevice } from './fileDevice.ts';
import type { Cleanup } from './temporaryFolder.ts';
import { testDatabase } from './testDatabase.ts';
import { testServer } from './testServer.ts';

export const DEVICE = 'a'.repeat(26);
export const OTHER = 'b'.repeat(26);

/** Everything of the hub that is about files, on a real socket, with two devices of the test's own. */
export async function fileHub(t: Cleanup) {
  const { db, closing } = testDatabase(t);
  const audit = new Audit(db);
  const { app, lines } = await testServer(t);
  const directory = closing.add(new DeviceDirectory(new DeviceStore(db, audit)));
  const ends = new Set<(sessionId: string) => void>();
  const sessions = {
    onEnded: (listener: (sessionId: string) => void) => {
      ends.add(listener);
      return () => ends.delete(listener);
    },
  };
  const users = new Users(db, audit);
  const open = () =>
    openFiles(app, directory, {
      db,
      audit,
      users,
      sessions,
      log: pino({ level: 'silent' }),
      liveLink: () => undefined,
    });
  closing.add(open());
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    app,
    audit,
    closing,
    /** What the server warned of. */
    lines,
    db,
    directory,
    users,
    device: new FileDevice(directory, DEVICE),
    other: new FileDevice(directory, OTHER),
    endSession: (id = 's') => {
      for (const end of ends) end(id);
    },
    /** A request as `role`, begun; `path` is below the files of the first device unless it is a whole one. */
    begin: (method: string, path: string, options: RequestOptions & { role?: string } = {}) => {
      const whole = path.startsWith('/api/') ? path : `/api/devices/${DEVICE}/files${path}`;
      const { role = 'operator', headers, ...rest } = options;
      const all = { host: 'hub.test', cookie: role, ...headers };
      const sent = request({
        host: '127.0.0.1',
        port,
        path: whole,
        method,
        rejectUnauthorized: false,
        ...rest,
        headers: all,
      });
      sent.on('error', () => sent.destroy());
      return sent;
    },
  };
}
export type FileHub = Awaited<ReturnType<typeof fileHub>>;

export interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** The body as JSON; null when it is none. */
  json: Record<string, unknown> | null;
}

/** One request and the whole of its answer. Rejects when the answer breaks off. */
export async function ask(
  hub: FileHub,
  method: string,
  path: string,
  { body, ...options }: Parameters<FileHub['begin']>[2] & { body?: unknown } = {},
): Promise<Reply> {
  const raw = body === undefined || Buffer.isBuffer(body);
  const type: Record<string, string> = raw ? {} : { 'content-type': 'application/json' };
  const sent = hub.begin(method, path, { ...options, headers: { ...type, ...options.headers } });
  sent.end(raw ? body : JSON.stringify(body));
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (!answer) throw new Error('no answer');
  const bytes = await buffer(answer);
  const isJson = answer.headers['content-type']?.startsWith('application/json') ?? false;
  const json = isJson && bytes.byteLength > 0 ? JSON.parse(bytes.toString('utf8')) : null;
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: bytes, json };
}
