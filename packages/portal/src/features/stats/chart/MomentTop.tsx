import type { Device, HistoryTop } from '@porthole/protocol';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { formatExact, formatMemory, visibleText } from '../../../base/format.ts';
import { IconButton } from '../../../base/IconButton.tsx';
import { Problem } from '../../../base/Problem.tsx';
import { useConnection } from '../../../base/portalContext.ts';
import { texts } from '../../../base/texts.ts';
import { formatCores } from '../processes/formatCores.ts';
import { StatsApi } from '../statsApi.ts';
import { formatCursor } from './formatFigure.ts';
import styles from './MomentTop.module.css';

interface MomentTopProps {
  device: Device;
  at: number;
  showProcess(name: string): void;
  close(): void;
}

/** Which processes were busiest and largest at a moment that somebody chose. */
export function MomentTop({ device, at, showProcess, close }: MomentTopProps) {
  const { top, error } = useTop(device.id, at);
  const moment = top?.at ?? at;
  return (
    <section
      className={styles.top}
      aria-label={texts.health.topAt(formatCursor(moment, 0))}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <header className={styles.head}>
        <h3 title={formatExact(moment)}>{texts.health.topAt(formatCursor(moment, 0))}</h3>
        <IconButton label={texts.health.close} onClick={close} icon={<IconX size={16} aria-hidden />} />
      </header>
      <Problem>{error}</Problem>
      <div aria-live="polite">
        {top && top.top.length === 0 ? <p className={styles.none}>{texts.health.topNone}</p> : null}
        {top && top.top.length > 0 ? <Table top={top.top} showProcess={showProcess} /> : null}
      </div>
    </section>
  );
}

function Table({ top, showProcess }: { top: HistoryTop['top'] } & Pick<MomentTopProps, 'showProcess'>) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{texts.health.columns.name}</th>
          <th scope="col">{texts.health.columns.pid}</th>
          <th scope="col">{texts.health.columns.cpu}</th>
          <th scope="col">{texts.health.columns.memory}</th>
        </tr>
      </thead>
      <tbody>
        {top.map(({ pid, name, cpu, memory }) => (
          <tr key={`${pid} ${name}`}>
            <th scope="row">
              <button
                type="button"
                className={styles.name}
                title={texts.health.showInList}
                onClick={() => showProcess(name)}
              >
                {visibleText(name)}
              </button>
            </th>
            <td>{pid}</td>
            <td>{formatCores(cpu)}</td>
            <td>{formatMemory(memory)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useTop(deviceId: string, at: number): { top: HistoryTop | undefined; error: string | undefined } {
  const { api } = useConnection();
  const [state, setState] = useState<{ top: HistoryTop | undefined; error: string | undefined }>({
    top: undefined,
    error: undefined,
  });
  useEffect(() => {
    let wanted = true;
    new StatsApi(api).top(deviceId, at).then(
      (top) => wanted && setState({ top, error: undefined }),
      (error: unknown) => wanted && setState({ top: undefined, error: sentenceOf(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [api, deviceId, at]);
  return state;
}
