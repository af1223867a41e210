import { hostname } from 'node:os';
import { MAX_TITLE, type TerminalSession } from '@porthole/protocol';
import type { Terminal } from '@xterm/headless';
import type { Foreground } from '../../../platform/programs/programs.ts';
import { folderOfUrl } from './folderUrl.ts';
import { plainText } from './plainText.ts';
import { Throttle } from './throttle.ts';

const LOOK_MS = 500;

export interface SessionFactsOptions {
  name: string;
  /** Path of the shell that it began with. */
  shell: string;
  /** Tells title and folder. */
  terminal: Terminal;
  /** What runs in front of the terminal now, where the system tells. */
  foreground: () => Foreground | undefined;
  changed: () => void;
}

/** What a session is called, and what runs in it, where: by what its programs say, and by what the system does. */
export class SessionFacts {
  readonly #options: SessionFactsOptions;
  readonly #look = new Throttle(LOOK_MS, () => this.#lookAround());
  #name: string;
  #title = '';
  #command: string;
  #folder: string | undefined;
  /** By the shell itself. */
  #toldFolder: string | undefined;

  constructor(options: SessionFactsOptions) {
    this.#options = options;
    this.#name = options.name;
    this.#command = options.shell.split('/').at(-1) ?? '';
    options.terminal.onTitleChange((title) => {
      this.#title = plainText(title, MAX_TITLE);
      options.changed();
    });
    options.terminal.parser.registerOscHandler(7, (url) => this.#told(url));
  }

  get name(): string {
    return this.#name;
  }

  get title(): string {
    return this.#title;
  }

  describe(): Pick<TerminalSession, 'name' | 'title' | 'command' | 'folder'> {
    const folder = this.#toldFolder ?? this.#folder;
    const { name, title } = this;
    return { name, title, command: this.#command, ...(folder === undefined ? {} : { folder }) };
  }

  rename(name: string): void {
    this.#name = plainText(name, MAX_TITLE);
    this.#options.changed();
  }

  /** Something happened, and something else may run now: looks soon, and not too often. */
  stir(): void {
    this.#look.ask();
  }

  close(): void {
    this.#look.close();
  }

  #told(url: string): boolean {
    const folder = folderOfUrl(url, hostname());
    if (folder === undefined) return true;
    // It says so when it has got there; what the system says may be another name of the same.
    this.#lookAround();
    this.#toldFolder = folder;
    this.#options.changed();
    return true;
  }

  #lookAround(): void {
    const foreground = this.#options.foreground();
    if (!foreground) return;
    const command = plainText(foreground.command, MAX_TITLE);
    if (command === this.#command && foreground.folder === this.#folder) return;
    // What the shell said holds until it is somewhere else.
    if (foreground.folder !== this.#folder) this.#toldFolder = undefined;
    this.#command = command;
    this.#folder = foreground.folder;
    this.#options.changed();
  }
}
