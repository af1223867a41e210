/** What a user may do on a device. Every route and every feature names one of these. */
export const CAPABILITIES = [
  'view',
  'control',
  'clipboard',
  'files.read',
  'files.write',
  'terminal',
  'stats',
  'power',
  'admin',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Roles, from most to least powerful. */
export const ROLES = ['admin', 'operator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** The ceiling of each role. The hub's access decision reads this table and nothing else knows it. */
export const ROLE_CAPABILITIES: Record<Role, readonly Capability[]> = {
  admin: CAPABILITIES,
  operator: ['view', 'control', 'clipboard', 'files.read', 'files.write', 'terminal', 'stats', 'power'],
  viewer: ['view', 'stats'],
};
