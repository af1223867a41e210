import { type Alert, alertPage, alertRule, alertRuleBody, alertRules, alertsNow, PATHS } from '@porthole/protocol';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { allows, type Subject } from '../base/access.ts';
import { route } from '../base/http/route.ts';
import type { AlertStore } from './alertStore.ts';
import type { Alerts } from './alerts.ts';
import type { RuleStore } from './ruleStore.ts';
import { validRule } from './validRule.ts';

export interface AlertRouteParts {
  alerts: Alerts;
  rules: RuleStore;
  store: AlertStore;
}

/** Alerts in one list at most. */
const MAX_SHOWN = 200;
const RULE = `${PATHS.alerts}/rules/:rule`;
const past = z.strictObject({ before: z.coerce.number().int().positive().optional() });

/** Those of the alerts that a user may know of, which is whoever may see the health of the device; at most 200. */
export function shownAlerts(subject: Subject, alerts: readonly Alert[]): Alert[] {
  return alerts.filter(({ device }) => allows(subject, device, 'stats')).slice(0, MAX_SHOWN);
}

/** What is on and what was, and the rules for it. */
export function registerAlerts(app: FastifyInstance, { alerts, rules, store }: AlertRouteParts): void {
  route(app, {
    method: 'GET',
    url: PATHS.alerts,
    right: 'session',
    summary: 'The alerts that are on, the latest first, of devices whose health the user may see.',
    reply: alertsNow,
    handler: ({ subject }) => ({ alerts: shownAlerts(subject, alerts.on) }),
  });
  route(app, {
    method: 'GET',
    url: `${PATHS.alerts}/past`,
    right: 'session',
    summary: 'The alerts that are over, the latest first.',
    query: past,
    reply: alertPage,
    handler: ({ subject, query }) => {
      const page = store.past(query.before);
      return { ...page, alerts: shownAlerts(subject, page.alerts) };
    },
  });
  route(app, {
    method: 'GET',
    url: `${PATHS.alerts}/rules`,
    right: 'admin',
    summary: 'What is watched for.',
    reply: alertRules,
    handler: () => ({ rules: rules.all }),
  });
  registerRuleChanges(app, alerts);
}

function registerRuleChanges(app: FastifyInstance, alerts: Alerts): void {
  route(app, {
    method: 'POST',
    url: `${PATHS.alerts}/rules`,
    right: 'admin',
    summary: 'Adds a rule.',
    body: alertRuleBody,
    reply: alertRule,
    handler: ({ subject, body }) => alerts.addRule(validRule(body), subject.username),
  });
  route(app, {
    method: 'PUT',
    url: RULE,
    right: 'admin',
    summary: 'Replaces a rule; what is on by the old one is over.',
    body: alertRuleBody,
    reply: alertRule,
    handler: ({ subject, params, body }) => alerts.replaceRule(params.rule ?? '', validRule(body), subject.username),
  });
  route(app, {
    method: 'DELETE',
    url: RULE,
    right: 'admin',
    summary: 'Removes a rule; what is on by it is over.',
    handler: ({ subject, params }) => alerts.removeRule(params.rule ?? '', subject.username),
  });
}
