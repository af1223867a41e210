import { PATHS, saveCommand, savedCommand, savedCommands } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import { route } from '../../base/http/route.ts';
import type { SavedCommands } from './savedCommands.ts';

/** Bytes of a body: the longest script, and arguments. */
const SAVED_BODY = 512 * 1024;
const COMMAND = `${PATHS.commands}/:command`;

/** Commands that people keep. The right of a session is not enough: `SavedCommands` asks for `terminal` somewhere. */
export function registerSavedCommands(app: FastifyInstance, saved: SavedCommands): void {
  route(app, {
    method: 'GET',
    url: PATHS.commands,
    right: 'session',
    summary: 'The saved commands; none for who may run commands nowhere.',
    reply: savedCommands,
    handler: ({ subject }) => ({ commands: saved.list(subject) }),
  });
  route(app, {
    method: 'POST',
    url: PATHS.commands,
    right: 'session',
    summary: 'Saves a command for everyone who may run commands somewhere.',
    body: saveCommand,
    bodyLimit: SAVED_BODY,
    reply: savedCommand,
    handler: ({ subject, body }) => saved.add(subject, body),
  });
  route(app, {
    method: 'PUT',
    url: COMMAND,
    right: 'session',
    summary: 'Replaces a saved command; for its owner, and admins.',
    body: saveCommand,
    bodyLimit: SAVED_BODY,
    reply: savedCommand,
    handler: ({ subject, params, body }) => saved.replace(subject, params.command ?? '', body),
  });
  route(app, {
    method: 'DELETE',
    url: COMMAND,
    right: 'session',
    summary: 'Removes a saved command; for its owner, and admins.',
    handler: ({ subject, params }) => saved.remove(subject, params.command ?? ''),
  });
}
