import { texts } from '../../../base/texts.ts';

/** How often something is sent, as people say it. In ms. */
export function formatPace(ms: number): string {
  if (ms < 60_000) return texts.sending.everySeconds(ms / 1_000);
  return ms < 3_600_000 ? texts.sending.everyMinutes(ms / 60_000) : texts.sending.everyHours(ms / 3_600_000);
}
