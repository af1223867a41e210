import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CreateRun, Role, Run, RunLine } from '@porthole/protocol';
import { pino } from 'pino';
import { Audit } from '../audit/audit.ts';
import { DeviceStore } from '../devices/deviceStore.ts';
import { DeviceDirectory } from '../devices/directory.ts';
import { openCommands } from '../features/commands/commands.ts';
import { Users } from '../users/users.ts';
import { CommandDevice } from './commandDevice.ts';
import type { Cleanup } from './temporaryFolder.ts';
import { testDatabase } from './testDatabase.ts';
import { testServer } from './testServer.ts';

/** Ids of devices, from 0 on. */
export function deviceId(number: number): string {
  const letters = number.toString(26).replace(/[0-9]/g, (digit) => String.fromCharCode(113 + Number(digit)));
  return letters.padStart(26, 'q');
}

/** Everything of the hub that is about commands, on a real socket, with one user of each role. */
export async function commandHub(t: Cleanup) {
  const { db, closing } = testDatabase(t);
  const audit = new Audit(db);
  const users = new Users(db, audit);
  for (const role of ['admin', 'operator', 'viewer'] as const) {
    await users.add({ username: role, role, password: 'a long password', actor: 'test' });
  }
  const directory = closing.add(new DeviceDirectory(new DeviceStore(db, audit)));
  const ends = new Set<(sessionId: string) => void>();
  const sessions = {
    onEnded: (listener: (sessionId: string) => void) => {
      ends.add(listener);
      return () => ends.delete(listener);
    },
  };
  const start = async () => {
    const { app } = await testServer(t, false, (cookie = '') => {
      const user = users.find(cookie);
      return user && { sessionId: cookie, userId: user.id, username: user.username, role: user.role };
    });
    const commands = closing.add(
      openCommands(app, directory, { db, audit, users, sessions, log: pino({ level: 'silent' }) }),
    );
    await app.listen({ host: '127.0.0.1', port: 0 });
    return { port: (app.server.address() as AddressInfo).port, commands };
  };
  let { port, commands } = await start();

  const begin = (method: string, path: string, { role = 'operator', body }: { role?: Role; body?: unknown } = {}) => {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const headers = { host: 'hub.test', cookie: role, ...(json && { 'content-type': 'application/json' }) };
    return request({ host: '127.0.0.1', port, path, method, rejectUnauthorized: false, headers }).end(json);
  };
  const ask = async <Body>(method: string, path: string, options?: { role?: Role; body?: unknown }) => {
    const [answer]: IncomingMessage[] = await once(begin(method, path, options), 'response');
    if (!answer) throw new Error('no answer');
    const content = await text(answer);
    return { status: answer.statusCode ?? 0, json: (content === '' ? null : lastLine(content)) as Body };
  };
  return {
    audit,
    db,
    directory,
    users,
    begin,
    ask,
    device: (number: number, name?: string) => new CommandDevice(directory, deviceId(number), name),
    endSession: (id: string) => {
      for (const end of ends) end(id);
    },
    /** The hub stops, and another goes on with the same database. */
    restart: async () => {
      commands.close();
      ({ port, commands } = await start());
    },
    /** Begins a run of `true`, unless told otherwise. */
    run: async (wish: Partial<CreateRun> & Pick<CreateRun, 'devices'>, role?: Role): Promise<Run> => {
      const body = { what: { kind: 'argv', argv: ['true'] }, ...wish };
      const { status, json } = await ask<Run>('POST', '/api/runs', { body, ...(role && { role }) });
      if (status !== 200) throw new Error(JSON.stringify(json));
      return json;
    },
    look: async (id: string, role?: Role): Promise<Run> =>
      (await ask<Run>('GET', `/api/runs/${id}`, role ? { role } : {})).json,
    /** All lines of the output. */
    output: async (id: string, query = '?follow=1', role?: Role): Promise<RunLine[]> => {
      const [answer]: IncomingMessage[] = await once(
        begin('GET', `/api/runs/${id}/output${query}`, role ? { role } : {}),
        'response',
      );
      if (!answer) throw new Error('no answer');
      return linesOf(await text(answer));
    },
  };
}
export type CommandHub = Awaited<ReturnType<typeof commandHub>>;

function linesOf(content: string): RunLine[] {
  return content
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function lastLine(content: string): unknown {
  return JSON.parse(content.trimEnd().split('\n').at(-1) ?? 'null');
}

/** What a device wrote to one of its streams, as far as the lines tell. */
export function written(lines: readonly RunLine[], device: string, stream = 'stdout'): Buffer {
  const parts = lines.flatMap((line) => {
    if (!('stream' in line) || line.device !== device || line.stream !== stream) return [];
    return [Buffer.from('text' in line ? line.text : line.base64, 'text' in line ? 'utf8' : 'base64')];
  });
  return Buffer.concat(parts);
}
