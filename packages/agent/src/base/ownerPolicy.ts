import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { CAPABILITIES, type Capability } from '@porthole/protocol';
import * as z from 'zod';
import { AgentFailure } from './privateFile.ts';

/** `policy.json` in the agent's data folder, written by the owner of the device alone. */
const policyFile = z
  .strictObject({
    allow: z.array(z.enum(CAPABILITIES)).optional(),
    files: z
      .strictObject({
        /** Absolute folders outside of which nothing is seen or changed. */
        roots: z.array(z.string().refine(isAbsolute)).min(1).max(100).optional(),
        readOnly: z.boolean().default(false),
      })
      .optional(),
    terminal: z
      .strictObject({
        /** The account of this device that terminals and commands run as. */
        account: z.string().min(1).max(256).optional(),
        /** The only programs that a terminal may begin with, the usual one first. */
        shells: z.array(z.string().refine(isAbsolute)).min(1).max(64).optional(),
      })
      .optional(),
  })
  .refine((policy) => Object.values(policy).some((part) => part !== undefined));

/** The owner's ceiling: what this device allows at all. Nothing that the hub says widens it. */
export interface OwnerPolicy {
  allows(capability: Capability): boolean;
  /** Folders that may be seen; undefined when all may. */
  readonly roots?: readonly string[] | undefined;
  /** As whom terminals and commands run, and which shells there are. */
  readonly programs: { readonly account?: string | undefined; readonly shells?: readonly string[] | undefined };
}

/** Reads the owner's policy; without a file everything is allowed. A file that cannot be understood stops the agent. */
export function loadOwnerPolicy(folder: string): OwnerPolicy {
  const path = join(folder, 'policy.json');
  const text = readIfThere(path);
  if (text === undefined) return { allows: () => true, programs: {} };
  const { allow, files, terminal = {} } = parse(path, text);
  const allowed = new Set(allow ?? CAPABILITIES);
  if (files?.readOnly) allowed.delete('files.write');
  return { allows: (capability) => allowed.has(capability), roots: files?.roots, programs: terminal };
}

function parse(path: string, text: string): z.output<typeof policyFile> {
  try {
    return policyFile.parse(JSON.parse(text));
  } catch {
    throw new AgentFailure(
      `${path} is not a policy: it must read {"allow": [...], "files": {"roots": ["/…"], "readOnly": false}, ` +
        `"terminal": {"account": "…", "shells": ["/…"]}}, each optional, with some of: ${CAPABILITIES.join(', ')}.`,
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
