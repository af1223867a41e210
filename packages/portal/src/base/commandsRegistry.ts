import { Listeners } from './store.ts';

/** Where a command stands among others, and in which order when they fit equally well. */
export const COMMAND_SECTIONS = ['here', 'devices', 'layouts', 'pages', 'portal'] as const;
export type CommandSection = (typeof COMMAND_SECTIONS)[number];

/** Something that a person can have done by its name, wherever they are. */
export interface Command {
  /** The same for as long as it means the same: what was used lately is remembered by it. */
  id: string;
  /** What it does, shortly, as it is shown: text of devices has been made visible already. */
  title: string;
  section: CommandSection;
  /** Shown beside the title, dimmer: the device that it is about, or its state. */
  detail?: string | undefined;
  /** Other words by which people look for it; never shown. */
  words?: string | undefined;
  /** Keys that do the same, as they are shown: `Ctrl K`. */
  keys?: string | undefined;
  /** Does it, or opens the dialog that asks whether to. */
  run(): void;
}

/** Tells the commands that it has at the moment. Asked whenever the palette opens, so it may look at what is there then. */
export type CommandSource = () => readonly Command[];

/** All that can be done by name: each room adds a source of its own, the palette asks them all. */
export class CommandsRegistry {
  readonly #sources = new Set<{ ask: CommandSource }>();
  readonly #listeners = new Listeners();

  /** Adds a source, until the returned function is called. */
  add(source: CommandSource): () => void {
    const entry = { ask: source };
    this.#sources.add(entry);
    this.#listeners.notify();
    return () => {
      if (this.#sources.delete(entry)) this.#listeners.notify();
    };
  }

  /** Everything that can be done now. Of two with the same id, the one whose source was added last. */
  all(): Command[] {
    const byId = new Map<string, Command>();
    for (const { ask } of this.#sources) for (const command of ask()) byId.set(command.id, command);
    return [...byId.values()];
  }

  /** Hears of sources that come and go. */
  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }
}

/** The page's own. */
export const commands = new CommandsRegistry();
