import { Button } from '@mantine/core';
import {
  type Device,
  FEATURE_NAMES,
  type FeatureName,
  type ScreenSettings,
  type SendingSettings,
} from '@porthole/protocol';
import { canConfigure, canToggle } from '../../../base/can.ts';
import { Problem } from '../../../base/Problem.tsx';
import { useConnection } from '../../../base/portalContext.ts';
import { texts } from '../../../base/texts.ts';
import { useAction } from '../../../base/useAction.ts';
import type { SectionProps } from '../sections.ts';
import { StatsApi } from '../statsApi.ts';
import { FieldGroup, OnOff } from './Fields.tsx';
import { ScreenFields } from './ScreenFields.tsx';
import { SendingFields } from './SendingFields.tsx';
import styles from './SendingView.module.css';
import { TrafficTable } from './TrafficTable.tsx';
import { useOptimistic } from './useOptimistic.ts';

/** What a device sends: what it really does, and what it shall. */
export function SendingView({ device, active }: SectionProps) {
  const { api } = useConnection();
  const may = canConfigure(device);
  const sending = useOptimistic<SendingSettings>(device.sending.settings, (next) =>
    new StatsApi(api).setSending(device.id, next),
  );
  const screen = useOptimistic<ScreenSettings>(device.screenSettings, (next) =>
    new StatsApi(api).setScreen(device.id, next),
  );
  return (
    <div className={styles.view}>
      <TrafficTable device={device} active={active} />
      <Origin device={device} />
      <Problem>{sending.error ?? screen.error}</Problem>
      <div className={styles.groups}>
        <SendingFields value={sending.shown} change={sending.change} disabled={!may} />
        <ScreenFields value={screen.shown} change={screen.change} disabled={!may} />
        <Toggles device={device} />
      </div>
    </div>
  );
}

/** Whether the settings are the device's own, and the way back to those of all. */
function Origin({ device }: { device: Device }) {
  const { api } = useConnection();
  const reset = useAction(() => new StatsApi(api).setSending(device.id, null));
  const { own } = device.sending;
  return (
    <div className={styles.origin}>
      <p>{own ? texts.sending.own : texts.sending.asAll}</p>
      {own && canConfigure(device) ? (
        <Button variant="default" size="compact-sm" loading={reset.busy} onClick={() => reset.run()}>
          {texts.sending.backToAll}
        </Button>
      ) : null}
      <Problem>{reset.error}</Problem>
    </div>
  );
}

/** The live feeds, each with its switch. */
function Toggles({ device }: { device: Device }) {
  const { api } = useConnection();
  const may = canToggle(device);
  const toggles = useOptimistic(device.toggles, async (next) => {
    const changed = FEATURE_NAMES.filter((feature) => next[feature] !== device.toggles[feature]);
    for (const feature of changed) await api.setToggle(device.id, feature, next[feature]);
  });
  return (
    <FieldGroup title={texts.toggles.label} what={may ? texts.toggles.why : texts.toggles.readOnly}>
      {FEATURE_NAMES.map((feature: FeatureName) => (
        <OnOff
          key={feature}
          label={texts.toggles.names[feature]}
          on={toggles.shown[feature]}
          set={(on) => toggles.change({ [feature]: on })}
          disabled={!may || !device.online}
        />
      ))}
      <Problem>{toggles.error}</Problem>
    </FieldGroup>
  );
}
