import {
  allPreferences,
  PATHS,
  PortholeError,
  PREFERENCE_PART_NAMES,
  type PreferencePart,
  preferences,
  savePreference,
} from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { route } from '../base/http/route.ts';
import { checkPart, type PreferenceStore } from './preferenceStore.ts';

/** Told what was saved, null being many parts at once; of the defaults without a user. */
export type PreferencesChanged = (part: PreferencePart | null, userId?: string) => void;

const partName = z.enum(PREFERENCE_PART_NAMES);
/** What a user may keep, were half of it escaped. */
const BODY_BYTES = 3 * 1024 * 1024;

/** How each user likes the portal. `changed` is called once something is stored. */
export function registerPreferenceRoutes(
  app: FastifyInstance,
  store: PreferenceStore,
  changed: PreferencesChanged,
): void {
  registerOwn(app, store, changed);
  registerDefaults(app, store, changed);
}

function registerOwn(app: FastifyInstance, store: PreferenceStore, changed: PreferencesChanged): void {
  route(app, {
    method: 'GET',
    url: PATHS.preferences,
    right: 'session',
    summary: 'What the user prefers, and what holds for those who have nothing of their own.',
    reply: allPreferences,
    handler: ({ subject }) => store.all(subject.userId),
  });
  route(app, {
    method: 'PUT',
    url: PATHS.preferences,
    right: 'session',
    summary: "Replaces all of the user's own, as it was exported.",
    body: preferences,
    bodyLimit: BODY_BYTES,
    handler: ({ subject, body }) => {
      store.replace(subject.userId, body);
      changed(null, subject.userId);
    },
  });
  route(app, {
    method: 'PUT',
    url: `${PATHS.preferences}/:part`,
    right: 'session',
    summary: "Replaces one part of the user's own.",
    body: savePreference,
    bodyLimit: BODY_BYTES,
    handler: ({ subject, params, body }) => {
      const part = partOf(params.part);
      store.save(subject.userId, part, checkPart(part, body.value));
      changed(part, subject.userId);
    },
  });
  route(app, {
    method: 'DELETE',
    url: `${PATHS.preferences}/:part`,
    right: 'session',
    summary: 'Gives one part back to the default.',
    handler: ({ subject, params }) => {
      const part = partOf(params.part);
      store.remove(subject.userId, part);
      changed(part, subject.userId);
    },
  });
}

function registerDefaults(app: FastifyInstance, store: PreferenceStore, changed: PreferencesChanged): void {
  route(app, {
    method: 'PUT',
    url: `${PATHS.preferences}/defaults/:part`,
    right: 'admin',
    summary: 'Sets what holds for all who have nothing of their own in this part.',
    body: savePreference,
    bodyLimit: BODY_BYTES,
    handler: ({ subject, params, body }) => {
      const part = partOf(params.part);
      store.setDefault(part, checkPart(part, body.value), subject.username);
      changed(part);
    },
  });
  route(app, {
    method: 'DELETE',
    url: `${PATHS.preferences}/defaults/:part`,
    right: 'admin',
    summary: 'Gives that back to what the portal came with.',
    handler: ({ subject, params }) => {
      const part = partOf(params.part);
      store.setDefault(part, undefined, subject.username);
      changed(part);
    },
  });
}

function partOf(text: string | undefined): PreferencePart {
  const part = partName.safeParse(text);
  if (!part.success) throw new PortholeError('not-found');
  return part.data;
}
