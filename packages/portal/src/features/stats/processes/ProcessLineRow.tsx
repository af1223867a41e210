import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { formatAgo, formatExact, formatMemory, visibleText } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';
import { useNow } from '../../../base/useNow.ts';
import { formatCores } from './formatCores.ts';
import type { ProcessLine } from './orderProcesses.ts';
import styles from './ProcessTable.module.css';
import { ROW_HEIGHT } from './rowHeight.ts';

interface ProcessLineRowProps {
  id: string;
  line: ProcessLine;
  index: number;
  /** It stands in a tree. */
  tree: boolean;
  chosen: boolean;
  folded: boolean;
  choose(key: string): void;
  fold(key: string): void;
}

/** One process. */
export const ProcessLineRow = memo(function ProcessLineRow(props: ProcessLineRowProps) {
  const { id, line, index, tree, chosen, folded, choose } = props;
  const { row } = line;
  const now = useNow();
  return (
    <tr
      id={id}
      className={styles.row}
      style={{ top: index * ROW_HEIGHT }}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      {...(tree ? treeProps(line, folded) : {})}
      data-dim={line.beside || line.gone || undefined}
      data-gone={line.gone || undefined}
      {...byPointer(() => choose(line.key))}
    >
      <NameCell {...props} />
      <td className={styles.pid}>{row.pid}</td>
      <td className={styles.user}>{visibleText(row.user)}</td>
      <td className={styles.cpu}>{line.gone ? texts.health.ended : formatCores(row.cpu)}</td>
      <td className={styles.memory}>{formatMemory(row.memory)}</td>
      <td className={styles.state} title={row.state}>
        {visibleText(row.state)}
      </td>
      <td className={styles.started} title={formatExact(row.started)}>
        {formatAgo(row.started, now)}
      </td>
      <td className={styles.command} title={visibleText(row.command, 512)}>
        {visibleText(row.command, 512)}
      </td>
    </tr>
  );
});

/** The keyboard is with the grid as a whole. */
function byPointer(choose: () => void) {
  return { onClick: choose };
}

function treeProps({ depth, children }: ProcessLine, folded: boolean) {
  return { 'aria-level': depth + 1, ...(children > 0 ? { 'aria-expanded': !folded } : {}) };
}

function NameCell({ line, tree, folded, fold }: ProcessLineRowProps) {
  const Arrow = folded ? IconChevronRight : IconChevronDown;
  const name = visibleText(line.row.name);
  return (
    <th scope="row" className={styles.name} style={{ paddingLeft: Math.min(line.depth, 12) * 16 }}>
      {line.children > 0 ? (
        <button
          type="button"
          className={styles.fold}
          tabIndex={-1}
          aria-label={folded ? texts.health.unfold(name) : texts.health.fold(name)}
          onClick={(event) => {
            event.stopPropagation();
            fold(line.key);
          }}
        >
          <Arrow size={14} aria-hidden />
        </button>
      ) : (
        <span className={tree ? styles.fold : undefined} />
      )}
      <span className={styles.label} title={visibleText(line.row.command, 512) || name}>
        {name}
      </span>
    </th>
  );
}
