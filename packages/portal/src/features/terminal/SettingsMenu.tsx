import { Button, Switch } from '@mantine/core';
import type { Device, TerminalSettings } from '@porthole/protocol';
import { IconMinus, IconPlus, IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { canConfigure } from '../../base/can.ts';
import { IconButton } from '../../base/IconButton.tsx';
import { PopoverMenu } from '../../base/PopoverMenu.tsx';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './menus.module.css';
import { prefer, preferencesStore } from './preferencesStore.ts';
import { RecordingsDialog } from './RecordingsDialog.tsx';
import { zoomed } from './terminalPreferences.ts';
import type { TerminalWorkspace } from './terminalWorkspace.ts';

/** How terminals look and behave in this browser, and for administrators what holds on the device. */
export function SettingsMenu({ device, workspace }: { device: Device; workspace: TerminalWorkspace }) {
  const [recordings, setRecordings] = useState(false);
  const { settings } = texts.terminal;
  return (
    <>
      <PopoverMenu label={settings.label} face={<IconSettings size={16} aria-hidden />} width={320}>
        <Own />
        {canConfigure(device) ? <OfDevice device={device} /> : null}
        {workspace.types ? (
          <Button variant="default" onClick={() => setRecordings(true)}>
            {settings.recordings}
          </Button>
        ) : null}
        <h3 className={styles.part}>{settings.shortcuts}</h3>
        <dl className={styles.shortcuts}>
          {texts.terminal.shortcuts.flatMap(([keys, what]) => [<dt key={keys}>{keys}</dt>, <dd key={what}>{what}</dd>])}
        </dl>
      </PopoverMenu>
      {recordings ? <RecordingsDialog workspace={workspace} close={() => setRecordings(false)} /> : null}
    </>
  );
}

function Own() {
  const { fontSize, copyOnSelect, confirmPaste, predict } = useStore(preferencesStore());
  const { settings } = texts.terminal;
  return (
    <div className={styles.fields}>
      <div className={styles.row}>
        <span>{settings.fontSize}</span>
        <span className={styles.row}>
          <IconButton
            label={settings.smaller}
            onClick={() => prefer({ fontSize: zoomed(fontSize, -1) })}
            icon={<IconMinus size={16} />}
          />
          <span className={styles.value}>{fontSize}</span>
          <IconButton
            label={settings.larger}
            onClick={() => prefer({ fontSize: zoomed(fontSize, 1) })}
            icon={<IconPlus size={16} />}
          />
        </span>
      </div>
      <Choice label={settings.copyOnSelect} on={copyOnSelect} set={(on) => prefer({ copyOnSelect: on })} />
      <Choice label={settings.confirmPaste} on={confirmPaste} set={(on) => prefer({ confirmPaste: on })} />
      <Choice label={settings.predict} on={predict} set={(on) => prefer({ predict: on })} />
      <p className={styles.dim}>{settings.own}</p>
    </div>
  );
}

function Choice({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) {
  return <Switch label={label} checked={on} onChange={(event) => set(event.currentTarget.checked)} />;
}

const HOUR = 60;
const DAY = 24 * HOUR;
const KEEP = [
  ['hour', HOUR],
  ['day', DAY],
  ['week', 7 * DAY],
  ['month', 30 * DAY],
  ['year', 365 * DAY],
] as const;

function OfDevice({ device }: { device: Device }) {
  const { api } = useConnection();
  const { settings } = texts.terminal;
  const { record, keepMinutes } = device.terminalSettings;
  const set = useAction((part: Partial<TerminalSettings>) =>
    api.setTerminalSettings(device.id, { ...device.terminalSettings, ...part }),
  );
  const isUsual = KEEP.some(([, minutes]) => minutes === keepMinutes);
  return (
    <div className={styles.fields}>
      <h3 className={styles.part}>{settings.device}</h3>
      <Switch
        label={settings.record}
        checked={record}
        disabled={set.busy}
        onChange={(event) => set.run({ record: event.currentTarget.checked })}
      />
      <p className={styles.dim}>{settings.recordWhat}</p>
      <label className={styles.row}>
        <span>{settings.keep}</span>
        <select
          className={styles.select}
          value={keepMinutes}
          disabled={set.busy}
          onChange={(event) => set.run({ keepMinutes: Number(event.currentTarget.value) })}
        >
          {isUsual ? null : <option value={keepMinutes}>{settings.minutes(keepMinutes)}</option>}
          {KEEP.map(([name, minutes]) => (
            <option key={name} value={minutes}>
              {settings.keepFor[name]}
            </option>
          ))}
        </select>
      </label>
      <Problem>{set.error}</Problem>
    </div>
  );
}
