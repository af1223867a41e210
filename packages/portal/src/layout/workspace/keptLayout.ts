import type { Connection } from '../../base/connection.ts';
import type { Readable } from '../../base/store.ts';
import { deviceLayout } from './deviceLayout.ts';
import { soleLayout, writeLayout } from './workspaceLayout.ts';

/** The workspaces that a user may have kept at the hub. */
const MOST_KEPT = 200;
/** What the hub takes of one. */
const LONGEST = 65_536;
/** Of devices that have none of their own. */
const OF_ALL = '';

type Part = Pick<Connection, 'preferences' | 'api'>;

/** How the workspace of one device is arranged when it is opened, kept at the hub for its user. */
export class KeptLayout {
  readonly #connection: Part;
  readonly #home: string;
  /** What holds without an arrangement of one's own. */
  #fallback: string | undefined;

  constructor(connection: Part, home: string) {
    this.#connection = connection;
    this.#home = home;
  }

  /**
   * As this user left it, else as an administrator shared it for the device, else as the user likes it everywhere.
   * Undefined: the screen alone.
   */
  async read(): Promise<string | undefined> {
    const { preferences } = this.#connection;
    const [shared] = await Promise.all([deviceLayout(this.#connection, this.#home), once(preferences.ready)]);
    const kept = preferences.get('workspaces');
    this.#fallback = shared ?? kept[OF_ALL];
    return kept[this.#home] ?? this.#fallback;
  }

  /** Keeps it; undefined for the screen alone, which is only worth a word where something else would hold. */
  keep(text: string | undefined): void {
    const home = this.#home;
    if (text !== undefined) keepIn(this.#connection, home, text);
    else if (this.#fallback === undefined) forget(this.#connection, home);
    else keepIn(this.#connection, home, writeLayout(soleLayout({ device: home, kind: 'screen' }), home));
  }
}

/** How devices are arranged that have no arrangement of their own. */
export function keepForAll(connection: Part, text: string): void {
  keepIn(connection, OF_ALL, text);
}

/** Of too many, the one that was kept longest goes. */
function keepIn({ preferences }: Part, key: string, text: string): void {
  if (text.length > LONGEST) return;
  const { [key]: _, [OF_ALL]: ofAll, ...others } = preferences.get('workspaces');
  const entries = Object.entries(others).slice(-(MOST_KEPT - 2));
  const kept = ofAll === undefined || key === OF_ALL ? {} : { [OF_ALL]: ofAll };
  preferences.set('workspaces', { ...kept, ...Object.fromEntries(entries), [key]: text });
}

function forget({ preferences }: Part, key: string): void {
  const { [key]: known, ...others } = preferences.get('workspaces');
  if (known !== undefined) preferences.set('workspaces', others);
}

function once(ready: Readable<boolean>): Promise<void> {
  if (ready.get()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = ready.subscribe(() => {
      if (!ready.get()) return;
      end();
      resolve();
    });
  });
}
