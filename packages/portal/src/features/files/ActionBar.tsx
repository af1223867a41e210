import { Button } from '@mantine/core';
import {
  IconClipboard,
  IconCopy,
  IconCut,
  IconDownload,
  IconFolderPlus,
  IconFolderUp,
  IconInfoCircle,
  IconPencil,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { formatSize } from '../../base/format.ts';
import { usePanelActive } from '../../base/panelContext.ts';
import { texts } from '../../base/texts.ts';
import { useCommands } from '../../base/useCommands.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './ActionBar.module.css';
import { isFolder } from './arrangeEntries.ts';
import { fileClipboard } from './fileClipboard.ts';
import { Tool } from './PaneToolbar.tsx';
import type { PickedFile } from './pickedFiles.ts';
import { pickedFiles } from './pickedFiles.ts';
import type { FileActions } from './useFileActions.ts';
import type { Pane } from './usePane.ts';

interface ActionBarProps {
  pane: Pane;
  actions: FileActions;
  upload(files: readonly PickedFile[]): void;
  newFolder(): void;
  rename(): void;
  remove(): void;
  properties(): void;
}

/** What can be done here. What needs something chosen waits until it is; what one may not is not there. */
export function ActionBar(props: ActionBarProps) {
  const { pane, actions, upload, newFolder, rename, remove, properties } = props;
  const { actions: words } = texts.files;
  const count = pane.chosen.length;
  return (
    <div className={styles.bar} role="toolbar" aria-label={words.label} data-chosen={count > 0 || undefined}>
      {pane.writable ? (
        <span className={styles.forFolder}>
          <UploadButton upload={upload} />
          <Command label={words.newFolder} Icon={IconFolderPlus} onClick={newFolder} />
        </span>
      ) : null}
      <span className={styles.forChosen}>
        <Command label={words.download} Icon={IconDownload} disabled={count === 0} onClick={actions.download} />
        {pane.writable ? (
          <>
            <Command label={words.rename} Icon={IconPencil} disabled={count !== 1} onClick={rename} />
            <Command label={words.remove} Icon={IconTrash} disabled={count === 0} onClick={remove} />
            <ClipboardTools pane={pane} actions={actions} />
          </>
        ) : null}
        <Tool
          label={words.properties}
          disabled={count !== 1}
          onClick={properties}
          icon={<IconInfoCircle size={16} aria-hidden />}
        />
      </span>
      {pane.writable ? <Paste actions={actions} /> : null}
      <Count pane={pane} />
    </div>
  );
}

function ClipboardTools({ pane, actions }: { pane: Pane; actions: FileActions }) {
  const { actions: words } = texts.files;
  const none = pane.chosen.length === 0;
  return (
    <>
      <Tool
        label={words.cut}
        disabled={none}
        onClick={() => actions.take('move')}
        icon={<IconCut size={16} aria-hidden />}
      />
      <Tool
        label={words.copy}
        disabled={none}
        onClick={() => actions.take('copy')}
        icon={<IconCopy size={16} aria-hidden />}
      />
    </>
  );
}

function Paste({ actions }: { actions: FileActions }) {
  const taken = useStore(fileClipboard);
  const { actions: words } = texts.files;
  return (
    <Tool
      label={taken ? words.pasteCount(taken.paths.length) : words.paste}
      disabled={!taken}
      onClick={actions.paste}
      icon={<IconClipboard size={16} aria-hidden />}
    />
  );
}

/** Opens the browser's own choice of files; a second one takes a whole folder. */
function UploadButton({ upload }: { upload: (files: readonly PickedFile[]) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const { actions: words } = texts.files;
  const taken = (input: HTMLInputElement) => {
    upload(pickedFiles(input.files));
    // The same files can be chosen again.
    input.value = '';
  };
  const choose = () => files.current?.click();
  useCommands(
    () => [{ id: 'files.upload', title: texts.palette.files.upload, section: 'here', run: choose }],
    usePanelActive(),
  );
  return (
    <>
      <Command label={words.upload} Icon={IconUpload} onClick={choose} />
      <Tool
        label={words.uploadFolder}
        onClick={() => folder.current?.click()}
        icon={<IconFolderUp size={16} aria-hidden />}
      />
      <input ref={files} type="file" multiple hidden onChange={(event) => taken(event.currentTarget)} />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        {...{ webkitdirectory: '' }}
        onChange={(event) => taken(event.currentTarget)}
      />
    </>
  );
}

interface CommandProps {
  label: string;
  Icon: typeof IconUpload;
  onClick: () => void;
  disabled?: boolean;
}

/** Beside its icon while there is room for the word. */
function Command({ label, Icon, onClick, disabled = false }: CommandProps) {
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      className={styles.command}
      leftSection={<Icon size={16} aria-hidden />}
      disabled={disabled}
      title={label}
      onClick={onClick}
    >
      <span className={styles.word}>{label}</span>
    </Button>
  );
}

function Count({ pane }: { pane: Pane }) {
  const { state } = texts.files;
  const { complete, entries, total, error } = pane.folder;
  const size = pane.chosen.reduce((sum, entry) => sum + (isFolder(entry) ? 0 : entry.size), 0);
  const some = total > 0 && !error ? state.loadingCount(entries.length, total) : '';
  const all = complete ? state.count(pane.shown.length) : some;
  return (
    <span className={styles.count} role="status">
      {pane.chosen.length > 0 ? state.chosen(pane.chosen.length, formatSize(size)) : all}
    </span>
  );
}
