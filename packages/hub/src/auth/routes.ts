import { hubStatus, PATHS, PortholeError, session, setUp, signIn } from '@porthole/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';
import { route } from '../base/http/route.ts';
import { sourceOf } from '../base/source.ts';
import type { User, Users } from '../users/users.ts';
import { Attempts } from './attempts.ts';
import { writeCookie } from './cookie.ts';
import { registerPassword } from './passwordRoute.ts';
import { SESSION_LIFE, type Sessions } from './sessions.ts';
import type { SetupCode } from './setupCode.ts';

export interface AuthServices {
  db: Database;
  users: Users;
  sessions: Sessions;
  audit: Audit;
  /** Undefined when there was an admin at start. */
  setupCode: SetupCode | undefined;
}

/** Status, first set-up, sign-in and sign-out, the own password. */
export function registerAuthRoutes(app: FastifyInstance, services: AuthServices): void {
  const attempts = new Attempts();
  registerStatus(app, services);
  registerSetUp(app, services, attempts);
  registerSession(app, services, attempts);
  registerPassword(app, services, attempts);
}

function registerStatus(app: FastifyInstance, { users }: AuthServices): void {
  route(app, {
    method: 'GET',
    url: PATHS.status,
    right: 'public',
    summary: 'Whether the hub still waits for its first admin.',
    reply: hubStatus,
    handler: () => ({ needsSetup: !users.hasAdmin }),
  });
}

/** Gone as soon as there is an admin, in whatever way the path is spelled: the handler itself asks. */
function registerSetUp(app: FastifyInstance, services: AuthServices, attempts: Attempts): void {
  const { users, setupCode } = services;
  const goneOnceSetUp = () => {
    if (!setupCode || users.hasAdmin) throw new PortholeError('not-found');
  };
  route(app, {
    method: 'POST',
    url: PATHS.setup,
    right: 'public',
    summary: 'Makes the first admin with the setup code that the hub printed, and signs in.',
    body: setUp,
    reply: session,
    before: goneOnceSetUp,
    handler: async ({ body, request, reply }) => {
      const { code, username, password } = body;
      const right = attempts.begin(sourceOf(request.ip), 'setup');
      if (!setupCode?.matches(code)) throw new PortholeError('setup.wrong-code');
      right();
      let secret = '';
      const alongside = (user: User) => {
        secret = startSession(services, user, request);
      };
      const guard = goneOnceSetUp;
      const user = await users.add({ username, password, role: 'admin', actor: 'setup', guard, alongside });
      return welcome(user, secret, reply);
    },
  });
}

function registerSession(app: FastifyInstance, services: AuthServices, attempts: Attempts): void {
  const { db, users, sessions, audit } = services;
  route(app, {
    method: 'GET',
    url: PATHS.session,
    right: 'session',
    summary: 'Who is signed in.',
    reply: session,
    handler: ({ subject }) => ({ username: subject.username, role: subject.role }),
  });
  route(app, {
    method: 'POST',
    url: PATHS.session,
    right: 'public',
    summary: 'Signs in.',
    body: signIn,
    reply: session,
    handler: async ({ body, request, reply }) => {
      const source = sourceOf(request.ip);
      const right = attempts.begin(source, body.username);
      const user = await users.verify(body.username, body.password);
      if (!user) {
        audit.append({ actor: 'stranger', action: 'session.refused', target: body.username, detail: { source } });
        throw new PortholeError('auth.wrong');
      }
      right();
      return welcome(user, startSession(services, user, request), reply);
    },
  });
  route(app, {
    method: 'DELETE',
    url: PATHS.session,
    right: 'session',
    summary: 'Signs out.',
    handler: ({ subject, reply }) => {
      db.transaction(() => {
        audit.append({ actor: subject.username, action: 'session.end', target: subject.username });
        sessions.end(subject.sessionId);
      });
      reply.header('set-cookie', writeCookie('', 0));
    },
  });
}

/** Logs and starts a session, in place of the one that the request came with; returns its secret. All of it or nothing. */
function startSession({ db, sessions, audit }: AuthServices, { id, username, role }: User, request: FastifyRequest) {
  const source = sourceOf(request.ip);
  return db.transaction(() => {
    audit.append({ actor: username, action: 'session.start', target: username, detail: { source } });
    if (request.subject) sessions.end(request.subject.sessionId);
    return sessions.create({ id, username, role }).secret;
  });
}

function welcome({ username, role }: User, secret: string, reply: FastifyReply) {
  reply.header('set-cookie', writeCookie(secret, SESSION_LIFE.absoluteMs / 1000));
  return { username, role };
}
