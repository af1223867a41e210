import type { Device } from '@porthole/protocol';

/** What can be seen of a device's health. */
export const HEALTH_SECTIONS = ['now', 'processes', 'facts', 'sending'] as const;
export type HealthSection = (typeof HEALTH_SECTIONS)[number];

/** What each section is given. `active` is false while nobody sees it. */
export interface SectionProps {
  device: Device;
  active: boolean;
  /** What the list of processes shall show; every new object is a new wish. */
  search: { text: string };
  /** Leads to the list of processes, and to those of that name. */
  showProcess(name: string): void;
}
