import { type Api, checked, type Schema } from './api.ts';

/** Reads a setting of the whole hub. Rejects with a `PortholeError`. */
export async function readSetting<T>(api: Api, path: string, schema: Schema<T>): Promise<T> {
  const answer = await api.request(path);
  return checked(schema, await answer.json().catch(() => undefined));
}

/** Saves one, or with `undefined` takes it back to its default. Rejects with a `PortholeError`. */
export async function saveSetting(api: Api, path: string, value: object | undefined): Promise<void> {
  const put: RequestInit = {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
  await api.request(path, value === undefined ? { method: 'DELETE' } : put);
}
