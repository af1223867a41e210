import { Button } from '@mantine/core';
import type { Device } from '@porthole/protocol';
import { canToggle } from '../../base/can.ts';
import { formatExact, formatMoment, visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { sentenceFor } from '../../base/sentenceFor.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { useNow } from '../../base/useNow.ts';
import { useSelected } from '../../base/useStore.ts';
import styles from './ScreenCover.module.css';
import type { ScreenHost } from './screenHost.ts';
import type { ScreenNotice } from './screenNotice.ts';

interface ScreenCoverProps {
  notice: ScreenNotice;
  device: Device;
  host: ScreenHost;
  /** There is no last picture underneath. */
  empty: boolean;
  retry(): void;
}

/** Says why the picture is not live, and offers what can be done about it. */
export function ScreenCover({ notice, device, host, empty, retry }: ScreenCoverProps) {
  const now = useNow();
  const error = useSelected(host.state, (state) => state.error && sentenceFor(state.error.code, state.error.message));
  return (
    <div className={styles.cover} role="status" data-shown={notice || undefined}>
      {notice === undefined ? null : (
        <div key={notice} className={styles.words} data-soon={notice === 'connecting' || undefined}>
          {words(notice, { device, now, empty, error })}
          {notice === 'off' && canToggle(device) ? <SwitchOn device={device} /> : null}
          {notice === 'refused' ? <Button onClick={retry}>{texts.screen.retry}</Button> : null}
        </div>
      )}
    </div>
  );
}

interface Details {
  device: Device;
  now: number;
  empty: boolean;
  error: string | undefined;
}

function words(notice: NonNullable<ScreenNotice>, { device, now, empty, error }: Details) {
  switch (notice) {
    case 'connecting':
      return <strong>{texts.screen.connecting}</strong>;
    case 'reconnecting':
      return <strong>{texts.screen.reconnecting}</strong>;
    case 'offline':
      return (
        <>
          <strong title={formatExact(device.since)}>
            {texts.screen.offlineSince(formatMoment(device.since, now))}
          </strong>
          <p>{empty ? texts.screen.offlineBare : texts.screen.offlineWhat}</p>
        </>
      );
    case 'display-missing':
      return (
        <>
          <strong>{texts.screen.missing}</strong>
          <p>{texts.screen.missingWhat}</p>
        </>
      );
    case 'off':
      return (
        <>
          <strong>{texts.screen.off}</strong>
          <p>{texts.screen.offWhat}</p>
        </>
      );
    case 'refused':
      return (
        <>
          <strong>{texts.screen.refused}</strong>
          <p>{error === undefined ? null : visibleText(error, 500)}</p>
        </>
      );
  }
}

function SwitchOn({ device }: { device: Device }) {
  const { api } = useConnection();
  const on = useAction(() => api.setToggle(device.id, 'screen', true));
  return (
    <>
      <Button onClick={() => on.run()} loading={on.busy}>
        {texts.screen.switchOn}
      </Button>
      <Problem>{on.error}</Problem>
    </>
  );
}
