import { Menu } from '@mantine/core';
import { type Device, FEATURE_NAMES, type FeatureName } from '@porthole/protocol';
import {
  IconBolt,
  IconChecks,
  IconPencil,
  IconPower,
  IconTerminal2,
  IconToggleLeft,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { type ComponentType, type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { can, canConfigure, canToggle } from '../../base/can.ts';
import { Dialog } from '../../base/Dialog.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import { BulkDialog } from './BulkDialog.tsx';
import { BulkEditDialog } from './BulkEditDialog.tsx';
import { HomeApi } from './homeApi.ts';
import { useHome } from './homeContext.ts';
import { Outcomes } from './Outcomes.tsx';
import { type Outcome, onEach } from './onEach.ts';
import styles from './SelectionBar.module.css';
import { chooseAll, NOTHING } from './selection.ts';
import { WakeDialog } from './WakeDialog.tsx';

type Asked = 'edit' | 'wake' | 'restart' | 'remove';

/** What can be done to all chosen devices; there while any is chosen. `shown` are the ids on the page. */
export function SelectionBar({ shown }: { shown: () => readonly string[] }) {
  const { devices } = useConnection();
  const { selection } = useHome();
  const { chosen } = useStore(selection);
  const [asked, setAsked] = useState<{ what: Asked; ids: readonly string[] }>();
  // What may be done depends on what they are now.
  useStore(devices.list);
  const all = [...chosen].map((id) => devices.device(id).get()).filter((device) => device !== undefined);
  const { bulk } = texts.arrange;
  const idsOf = (fits: (device: Device) => boolean) => all.filter(fits).map(({ id }) => id);
  const ask = (what: Asked, ids: readonly string[]) => setAsked({ what, ids });
  return (
    <>
      {all.length > 0 ? (
        <div className={styles.bar} role="toolbar" aria-label={bulk.label}>
          <span className={styles.count} role="status">
            {bulk.chosen(all.length)}
          </span>
          <Tool label={bulk.all} icon={IconChecks} onClick={() => selection.set(chooseAll(shown()))} />
          <Offer ids={idsOf(canConfigure)} label={bulk.edit} icon={IconPencil} onClick={(ids) => ask('edit', ids)} />
          <RunLink ids={idsOf((device) => can(device, 'terminal'))} />
          <FeedMenu ids={idsOf(canToggle)} />
          <Offer ids={idsOf(isWakeable)} label={bulk.wake} icon={IconBolt} onClick={(ids) => ask('wake', ids)} />
          <Offer
            ids={idsOf(isRestartable)}
            label={bulk.restart}
            icon={IconPower}
            onClick={(ids) => ask('restart', ids)}
          />
          <Offer ids={idsOf(canConfigure)} label={bulk.remove} icon={IconTrash} onClick={(ids) => ask('remove', ids)} />
          <Tool label={bulk.none} icon={IconX} onClick={() => selection.set(NOTHING)} />
        </div>
      ) : null}
      {asked ? <AskedDialog {...asked} onClose={() => setAsked(undefined)} /> : null}
    </>
  );
}

function isWakeable(device: Device): boolean {
  return !device.online && device.traits.wakeable && can(device, 'power');
}

function isRestartable(device: Device): boolean {
  return device.online && can(device, 'power');
}

function AskedDialog({ what, ids, onClose }: { what: Asked; ids: readonly string[]; onClose: () => void }) {
  const { bulk } = texts.arrange;
  switch (what) {
    case 'edit':
      return <BulkEditDialog ids={ids} onClose={onClose} />;
    case 'wake':
      return <WakeDialog ids={ids} onClose={onClose} />;
    case 'restart':
      return (
        <BulkDialog
          ids={ids}
          title={bulk.restartTitle(ids.length)}
          what={bulk.restartWhat}
          verb={bulk.restart}
          act={(home, id) => home.restart(id)}
          onClose={onClose}
        />
      );
    case 'remove':
      return (
        <BulkDialog
          ids={ids}
          title={bulk.removeTitle(ids.length)}
          what={bulk.removeWhat}
          verb={bulk.remove}
          act={(home, id) => home.remove(id)}
          onClose={onClose}
        />
      );
  }
}

type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;

function Tool({ label, icon: Icon, onClick }: { label: string; icon: Icon; onClick: () => void }) {
  return (
    <button type="button" className={styles.tool} aria-label={label} title={label} onClick={onClick}>
      <Icon size={16} aria-hidden />
    </button>
  );
}

interface OfferProps {
  /** The chosen devices to which it can be done; nothing is offered for none. */
  ids: readonly string[];
  label: string;
  icon: Icon;
  onClick(ids: readonly string[]): void;
}

function Offer({ ids, label, icon: Icon, onClick }: OfferProps) {
  if (ids.length === 0) return null;
  return (
    <button type="button" className={styles.tool} onClick={() => onClick(ids)} title={label}>
      <Icon size={16} aria-hidden />
      <span className={styles.word}>{label}</span>
    </button>
  );
}

function RunLink({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return null;
  const label = texts.arrange.bulk.run;
  return (
    <Link {...runAddress(ids)} className={styles.tool} title={label}>
      <IconTerminal2 size={16} aria-hidden />
      <span className={styles.word}>{label}</span>
    </Link>
  );
}

/** More ids than these make an address that servers refuse when the page is loaded again: they go with the page's history. */
const MOST_IN_ADDRESS = 100;

function runAddress(ids: readonly string[]) {
  return ids.length <= MOST_IN_ADDRESS
    ? { href: `/run?devices=${ids.join(',')}` }
    : { href: '/run', state: { devices: ids } };
}

/** Switches one live feed on or off on all of them. */
function FeedMenu({ ids }: { ids: readonly string[] }) {
  const { api } = useConnection();
  const [failed, setFailed] = useState<Outcome>();
  const { bulk } = texts.arrange;
  if (ids.length === 0) return null;
  const set = async (feature: FeatureName, on: boolean) => {
    const home = new HomeApi(api);
    const outcome = await onEach(ids, (id) => home.setToggle(id, feature, on));
    if (outcome.failures.length > 0) setFailed(outcome);
  };
  return (
    <>
      <Menu position="top" width={260}>
        <Menu.Target>
          <button type="button" className={styles.tool} title={bulk.feeds}>
            <IconToggleLeft size={16} aria-hidden />
            <span className={styles.word}>{bulk.feeds}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown className={styles.feeds ?? ''}>
          {FEATURE_NAMES.flatMap((feature): ReactNode[] =>
            [true, false].map((on) => (
              <Menu.Item key={`${feature}-${on}`} onClick={() => void set(feature, on)}>
                {bulk.feed(texts.toggles.names[feature], on)}
              </Menu.Item>
            )),
          )}
        </Menu.Dropdown>
      </Menu>
      {failed ? (
        <Dialog title={bulk.feeds} onClose={() => setFailed(undefined)}>
          <Outcomes outcome={failed} onClose={() => setFailed(undefined)} />
        </Dialog>
      ) : null}
    </>
  );
}
