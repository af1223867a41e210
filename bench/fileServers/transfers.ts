import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ApiClient } from '../../tests/support/apiClient.ts';
import { Program } from '../../tests/support/program.ts';
import type { PortholeServing } from '../contestants/porthole.ts';
import { CURL } from '../measure/curl.ts';
import { filesOf, pathQuery } from './porthole.ts';
import { TUS_PATCH, tusHeaders } from './tusHeaders.ts';

/** More than the link can carry while anybody looks. */
const FILE_BYTES = 1024 ** 3;

export interface TransferStand {
  api: ApiClient;
  page: Page;
  folder: string;
}

/** Transfers of a file that is larger than there is time for, in the name of who looks at the page. */
export class Transfers {
  readonly #folder: string;
  readonly #api: ApiClient;
  readonly #files: string;
  readonly #origin: string;
  readonly #cookie: string;

  private constructor({ api, folder }: TransferStand, { files, origin, cookie }: Record<string, string>) {
    this.#api = api;
    this.#folder = folder;
    this.#files = files ?? '';
    this.#origin = origin ?? '';
    this.#cookie = cookie ?? '';
  }

  static async prepare(serving: PortholeServing, stand: TransferStand): Promise<Transfers> {
    const file = openSync(join(stand.folder, 'large.bin'), 'wx');
    ftruncateSync(file, FILE_BYTES);
    closeSync(file);
    const cookies = await stand.page.context().cookies(serving.viewerUrl);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    return new Transfers(stand, { files: await filesOf(stand.api), origin: serving.viewerUrl, cookie });
  }

  async download(): Promise<Program> {
    return this.#curl(`${this.#files}/content?${pathQuery(join(this.#folder, 'large.bin'))}`, []);
  }

  async upload(): Promise<Program> {
    const headers = tusHeaders({ folder: this.#folder, name: 'copy.bin', size: FILE_BYTES });
    const begun = await this.#api.request('POST', `${this.#files}/uploads`, { headers });
    const put = ['--upload-file', join(this.#folder, 'large.bin'), ...TUS_PATCH];
    return this.#curl(String(begun.headers.location), put);
  }

  #curl(path: string, args: string[]): Program {
    const url = new URL(path, this.#origin).href;
    return new Program('curl', [...CURL, '--output', '/dev/null', '--header', `Cookie: ${this.#cookie}`, ...args, url]);
  }
}
