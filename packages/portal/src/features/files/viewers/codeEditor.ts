import { defaultHighlightStyle, LanguageDescription, syntaxHighlighting } from '@codemirror/language';
import { languages } from '@codemirror/language-data';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { readNonce } from '../../../base/nonce.ts';
import { darkHighlight } from './darkHighlight.ts';
import { lineEndOf } from './textBytes.ts';

interface CodeEditorOptions {
  parent: HTMLElement;
  text: string;
  /** Of the file; it decides on the language. */
  name: string;
  label: string;
  editable: boolean;
  changed(): void;
  save(): void;
}

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--text)', backgroundColor: 'var(--surface)' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '20px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--dim)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--hover) 60%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line)' },
});

/** The text editor of the viewer: plain text in, plain text out, lines ending as they did. */
export class CodeEditor {
  readonly #view: EditorView;
  #closed = false;

  constructor({ parent, text, name, label, editable, changed, save }: CodeEditorOptions) {
    const language = new Compartment();
    const dark = isDark(parent);
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          // Before the first style is written, so that the page's policy lets it in.
          EditorView.cspNonce.of(readNonce()),
          EditorState.lineSeparator.of(lineEndOf(text)),
          keymap.of([{ key: 'Mod-s', preventDefault: true, run: saves(save) }]),
          basicSetup,
          syntaxHighlighting(dark ? darkHighlight : defaultHighlightStyle),
          look,
          EditorState.readOnly.of(!editable),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed();
          }),
          language.of([]),
        ],
      }),
    });
    this.#view.focus();
    void this.#load(name, language);
  }

  get text(): string {
    return this.#view.state.sliceDoc();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#view.destroy();
  }

  async #load(name: string, compartment: Compartment): Promise<void> {
    // Without its language a text is still a text.
    const support = await LanguageDescription.matchFilename(languages, name)
      ?.load()
      .catch(() => undefined);
    if (support && !this.#closed) this.#view.dispatch({ effects: compartment.reconfigure(support) });
  }
}

/** Whether the page is dark now: by the person's choice, or else the system's. */
function isDark(element: HTMLElement): boolean {
  const chosen = element.ownerDocument.documentElement.dataset.mantineColorScheme;
  return chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}

/** A command that is done with the key. */
function saves(save: () => void): () => true {
  return () => {
    save();
    return true;
  };
}
