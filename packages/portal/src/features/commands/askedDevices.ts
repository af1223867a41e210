const ID = /^[a-z2-7]{26}$/;

/** The devices that a link to this page chose: in its address (`?devices=id,id`), or, when they were many, in the page's history. */
export function askedDevices(search: string, state: unknown): readonly string[] {
  const named = new URLSearchParams(search).get('devices')?.split(',') ?? kept(state);
  return named.filter((id): id is string => typeof id === 'string' && ID.test(id));
}

function kept(state: unknown): readonly unknown[] {
  if (typeof state !== 'object' || state === null || !('devices' in state)) return [];
  return Array.isArray(state.devices) ? state.devices : [];
}
