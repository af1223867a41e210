import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAPABILITIES, type Capability } from '@porthole/protocol';
import * as z from 'zod';
import { AgentFailure } from './privateFile.ts';

/** `policy.json` in the agent's data folder, written by the owner of the device alone. */
const policyFile = z.strictObject({ allow: z.array(z.enum(CAPABILITIES)) });

/** The owner's ceiling: what this device allows at all. Nothing that the hub says widens it. */
export interface OwnerPolicy {
  allows(capability: Capability): boolean;
}

/** Reads the owner's policy; without a file everything is allowed. A file that cannot be understood stops the agent. */
export function loadOwnerPolicy(folder: string): OwnerPolicy {
  const path = join(folder, 'policy.json');
  const text = readIfThere(path);
  if (text === undefined) return { allows: () => true };
  const allowed = parse(path, text);
  return { allows: (capability) => allowed.has(capability) };
}

function parse(path: string, text: string): Set<Capability> {
  try {
    return new Set(policyFile.parse(JSON.parse(text)).allow);
  } catch {
    throw new AgentFailure(
      `${path} is not a policy: it must read {"allow": [...]} with some of: ${CAPABILITIES.join(', ')}.`,
    );
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new AgentFailure(`${path} cannot be read.`);
  }
}
