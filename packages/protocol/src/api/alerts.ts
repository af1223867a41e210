import * as z from 'zod';

const deviceId = z.string().regex(/^[a-z2-7]{26}$/);
const id = z.string().regex(/^[A-Za-z0-9_-]{16}$/);

/** What can be watched for. Shares are 0..1 of what there is. */
export const ALERT_KINDS = ['offline', 'disk', 'cpu', 'memory', 'temperature', 'process'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Which devices: all, those of a group, or one. */
export const alertScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('group'), group: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal('device'), device: deviceId }),
]);

/** What an admin may say of a rule. */
export const alertRuleBody = z.strictObject({
  kind: z.enum(ALERT_KINDS),
  scope: alertScope,
  /** Raised at or above it; nothing for `offline` and `process`. */
  threshold: z.number().min(0).max(1_000).nullable(),
  /** How long it has to last, in ms. */
  forMs: z.number().int().min(0).max(86_400_000),
  /** Name of the program that has to run, for `process`: one line, bytes enough for all of a device in one question. */
  process: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u)
    .nullable(),
  enabled: z.boolean(),
});
export type AlertRuleBody = z.infer<typeof alertRuleBody>;

export const alertRule = alertRuleBody.extend({ id });
export type AlertRule = z.infer<typeof alertRule>;
export const alertRules = z.strictObject({ rules: z.array(alertRule).max(200) });

/** Something that was noticed, on or over. Times in ms since 1970 by the hub's clock. */
export const alert = z.strictObject({
  id,
  rule: id,
  kind: z.enum(ALERT_KINDS),
  device: deviceId,
  /** What was measured when it was raised; null for `offline` and `process`. */
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  process: z.string().max(256).nullable(),
  raisedAt: z.number(),
  clearedAt: z.number().nullable(),
});
export type Alert = z.infer<typeof alert>;

/** What is on now, the latest first. */
export const alertsNow = z.strictObject({ alerts: z.array(alert).max(200) });

/** A page of what is over, the latest first; `next` goes on. */
export const alertPage = z.strictObject({ alerts: z.array(alert).max(100), next: z.string().optional() });

/** Where alerts are sent: an address in the user's own network; null sends nothing. Its answer is shown as text only. */
export const webhook = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable(),
});
export type Webhook = z.infer<typeof webhook>;
export const webhookResult = z.strictObject({
  ok: z.boolean(),
  status: z.number().int().optional(),
  reason: z.string().max(200).optional(),
});

export type WebhookResult = z.infer<typeof webhookResult>;

/** What is posted to the webhook. */
export const webhookBody = z.strictObject({
  event: z.enum(['raised', 'cleared', 'test']),
  device: z.strictObject({ id: deviceId, name: z.string() }).nullable(),
  alert: alert.nullable(),
});
export type WebhookBody = z.infer<typeof webhookBody>;
