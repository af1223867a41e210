import * as z from 'zod';
import { POWER_ACTIONS } from './power.ts';

const label = z.string().max(256);
const bytes = z.number().nonnegative();

/** `aa:bb:cc:dd:ee:ff`, lower case. */
export const macAddress = z.string().regex(/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/);

/** What a device is. It changes rarely; parts that the machine lacks are left out. Hostile text: bounded here, shown escaped. */
export const deviceFacts = z.strictObject({
  maker: label.optional(),
  model: label.optional(),
  kernel: label.optional(),
  /** `kvm`, `docker`, …; left out on a machine of its own. */
  virtualisation: label.optional(),
  /** When the system was started, ms since 1970 by the device's clock. */
  bootedAt: z.number().optional(),
  /** Minutes east of UTC. */
  timeZone: z.number().min(-1_440).max(1_440).optional(),
  users: z.array(label).max(64),
  cpu: z
    .strictObject({ model: label, cores: z.number().int().positive(), threads: z.number().int().positive() })
    .optional(),
  memory: bytes.optional(),
  gpus: z.array(z.strictObject({ name: label, memory: bytes.optional() })).max(16),
  drives: z
    .array(
      z.strictObject({
        mount: z.string().max(1_024),
        device: label,
        format: label,
        size: bytes,
        free: bytes,
        /** The one that the system is on. */
        main: z.boolean(),
      }),
    )
    .max(64),
  interfaces: z
    .array(
      z.strictObject({
        name: label,
        mac: macAddress.optional(),
        /** With prefix length: `192.168.1.7/24`, `fe80::1/64`. */
        addresses: z.array(z.string().max(64)).max(32),
      }),
    )
    .max(64),
  displays: z.array(z.strictObject({ name: label, width: z.number().int(), height: z.number().int() })).max(16),
  battery: z.boolean(),
  /** What `power` can do here. */
  power: z.array(z.enum(POWER_ACTIONS)).max(POWER_ACTIONS.length),
});
export type DeviceFacts = z.infer<typeof deviceFacts>;
