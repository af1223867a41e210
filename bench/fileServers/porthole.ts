import { join } from 'node:path';
import { type Device, FILES_PATH, PATHS } from '@porthole/protocol';
import type { ApiClient } from '../../tests/support/apiClient.ts';
import { PortholeServing } from '../contestants/porthole.ts';
import type { FileServer, FileServing } from './fileServer.ts';
import { TUS_PATCH, tusHeaders } from './tusHeaders.ts';

/** Hub and agent as people run them; the agent shows a made-up screen that nobody looks at. */
export const porthole: FileServer = {
  name: 'Porthole',
  async start(folder) {
    await using started = new AsyncDisposableStack();
    const serving = started.use(await PortholeServing.start('fake'));
    const api = started.use(await serving.api());
    const files = await filesOf(api);
    const running = started.move();
    const session = ['--header', `Cookie: ${api.cookie}`];
    return {
      relay: serving.hub.pid,
      device: serving.agent.pid,
      download: (name) => ({ url: `${api.url}${files}/content?${pathQuery(join(folder, name))}`, args: session }),
      async upload(name, size) {
        const headers = tusHeaders({ folder, name, size });
        const { status, headers: answer } = await api.request('POST', `${files}/uploads`, { headers });
        if (status !== 201) throw new Error(`the upload was not begun: ${status}`);
        return { url: new URL(String(answer.location), api.url).href, args: [...TUS_PATCH, ...session] };
      },
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    } satisfies FileServing;
  },
};

/** Where the files of the one device are. */
export async function filesOf(api: ApiClient): Promise<string> {
  const [device] = await api.get<Device[]>(PATHS.devices);
  if (!device) throw new Error('there is no device');
  return `${PATHS.devices}/${device.id}/${FILES_PATH}`;
}

/** A query that names a path. */
export function pathQuery(path: string): string {
  return new URLSearchParams({ path }).toString();
}
