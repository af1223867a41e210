/** Paths that more than one program names. */
export const PATHS = {
  agentSocket: '/ws/agent',
  portalSocket: '/ws/portal',
  session: '/api/session',
  setup: '/api/setup',
  status: '/api/status',
  devices: '/api/devices',
  enrolments: '/api/enrolments',
  transfers: '/api/transfers',
  runs: '/api/runs',
  commands: '/api/commands',
  authority: '/authority.crt',
  openapi: '/api/openapi.json',
} as const;
