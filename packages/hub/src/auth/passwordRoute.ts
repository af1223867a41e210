import { changePassword, PATHS, PortholeError } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import type { Audit } from '../audit/audit.ts';
import { route } from '../base/http/route.ts';
import { sourceOf } from '../base/source.ts';
import type { Users } from '../users/users.ts';
import type { Attempts } from './attempts.ts';
import type { Sessions } from './sessions.ts';

export interface PasswordServices {
  users: Users;
  sessions: Sessions;
  audit: Audit;
}

/** Lets people change their own password. Whoever else is signed in as them is signed out: that may be why they change it. */
export function registerPassword(
  app: FastifyInstance,
  { users, sessions, audit }: PasswordServices,
  attempts: Attempts,
): void {
  route(app, {
    method: 'PUT',
    url: `${PATHS.session}/password`,
    right: 'session',
    summary: 'Changes the own password, and ends all other sessions of the user.',
    body: changePassword,
    handler: async ({ subject, body, request }) => {
      const { username, sessionId } = subject;
      // A page that somebody left open is no place to guess at.
      const source = sourceOf(request.ip);
      const right = attempts.begin(source, username);
      const user = await users.verify(username, body.current);
      if (!user) {
        audit.append({ actor: username, action: 'session.refused', target: username, detail: { source } });
        throw new PortholeError('password.wrong');
      }
      right();
      await users.setPassword(username, body.next, { actor: username, keep: sessionId });
      sessions.refresh();
    },
  });
}
