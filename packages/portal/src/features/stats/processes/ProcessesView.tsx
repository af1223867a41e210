import { type ProcessNews, type ProcessRow, processNews } from '@porthole/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { can } from '../../../base/can.ts';
import { texts } from '../../../base/texts.ts';
import { decodeJson } from '../decodeJson.ts';
import { Notice } from '../Notice.tsx';
import type { SectionProps } from '../sections.ts';
import { useStatsWatch } from '../useStatsWatch.ts';
import { EndDialog } from './EndDialog.tsx';
import { keyOf } from './orderProcesses.ts';
import styles from './ProcessesView.module.css';
import { ProcessTable } from './ProcessTable.tsx';
import { ProcessToolbar } from './ProcessToolbar.tsx';
import { ProcessList } from './processList.ts';
import { useLines } from './useLines.ts';

/** What is about to be ended, and how. */
interface Ending {
  row: ProcessRow;
  kill: boolean;
}

/** What runs on the device: to look through, and to end. */
export function ProcessesView({ device, active, search }: SectionProps) {
  const { rows, refusal } = useProcesses(device, active);
  const [chosen, setChosen] = useState<string>();
  const [ending, setEnding] = useState<Ending>();
  const [holding, setHolding] = useState(false);
  const { lines, arrangement, arrange } = useLines(rows, { search, holding });
  const row = rows?.find((each) => keyOf(each) === chosen);
  const askToEnd = (kill: boolean) => row && setEnding({ row, kill });
  return (
    <div className={styles.view}>
      <ProcessToolbar
        arrangement={arrangement}
        arrange={arrange}
        shown={lines.length}
        total={rows?.length}
        {...(can(device, 'power') ? { end: askToEnd, chosen: row !== undefined } : {})}
      />
      <Notice device={device} refusal={refusal} />
      {rows ? (
        <ProcessTable
          lines={lines}
          arrangement={arrangement}
          arrange={arrange}
          chosen={chosen}
          choose={setChosen}
          hold={setHolding}
          end={can(device, 'power') ? askToEnd : undefined}
        />
      ) : (
        <p className={styles.none}>{device.online && refusal === undefined ? texts.health.processesLoading : ''}</p>
      )}
      {ending ? <EndDialog device={device} {...ending} onClose={() => setEnding(undefined)} /> : null}
    </div>
  );
}

function useProcesses(
  device: SectionProps['device'],
  active: boolean,
): { rows: ProcessRow[] | undefined; refusal: string | undefined } {
  const list = useRef(new ProcessList());
  const [rows, setRows] = useState<ProcessRow[]>();
  const hear = useCallback((bytes: Uint8Array) => {
    const news: ProcessNews = decodeJson(bytes, processNews);
    if (list.current.apply(news)) setRows(list.current.rows);
  }, []);
  const refusal = useStatsWatch({ device, operation: 'processes', active, hear });
  useEffect(() => {
    if (!device.online) setRows(undefined);
  }, [device.online]);
  return { rows, refusal };
}
