import { createHash } from 'node:crypto';
import { MAX_LOGO_BYTES, MAX_LOGO_SIDE, PATHS, PortholeError, type Product, setProduct } from '@porthole/protocol';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../base/db/database.ts';
import { HubSetting } from '../settings/hubSetting.ts';
import { imageHeader } from './imageHeader.ts';

export interface Logo {
  /** The hash of the picture, for its address. */
  version: string;
  /** A media type of pictures. */
  type: string;
  image: Uint8Array;
}

/** What an admin called the portal, and the sign that it shows. */
export class ProductStore {
  readonly #db: Database;
  readonly #audit: Audit;
  readonly #title: HubSetting<{ title: string | null }>;
  #logo: Logo | undefined;

  constructor({ db, audit }: { db: Database; audit: Audit }) {
    this.#db = db;
    this.#audit = audit;
    this.#title = new HubSetting({ db, audit }, { name: 'product', schema: setProduct, fallback: { title: null } });
    this.#logo = db.first(db.sql.selectFrom('productLogo').select(['version', 'type', 'image']));
  }

  get product(): Product {
    const logo = this.#logo && `${PATHS.product}/logo?v=${this.#logo.version}`;
    return { ...this.#title.value, logo: logo ?? null };
  }

  get logo(): Logo | undefined {
    return this.#logo;
  }

  setTitle(title: string | null, actor: string): void {
    this.#title.set({ title }, actor);
  }

  /** Throws `request.invalid` for what is no picture of a known kind, or one that is too large. */
  setLogo(image: Uint8Array, actor: string): void {
    const header = imageHeader(image);
    if (!header) throw new PortholeError('request.invalid', 'A logo is a PNG, JPEG, WebP or GIF.');
    const { type, width, height } = header;
    const sides = [width, height];
    if (image.byteLength > MAX_LOGO_BYTES || !sides.every((side) => side > 0 && side <= MAX_LOGO_SIDE))
      throw new PortholeError('request.invalid', `A logo has 64 KiB and ${MAX_LOGO_SIDE} pixels a side at most.`);
    const version = createHash('sha256').update(image).digest('base64url').slice(0, 16);
    this.#replaceLogo({ version, type, image }, actor);
  }

  removeLogo(actor: string): void {
    if (this.#logo) this.#replaceLogo(undefined, actor);
  }

  #replaceLogo(logo: Logo | undefined, actor: string): void {
    this.#db.transaction(() => {
      this.#audit.append({ actor, action: 'settings.logo', target: 'hub', detail: logo ? logo.version : 'none' });
      this.#db.run(this.#db.sql.deleteFrom('productLogo'));
      if (logo) this.#db.run(this.#db.sql.insertInto('productLogo').values({ id: 1, ...logo }));
    });
    this.#logo = logo;
  }
}
