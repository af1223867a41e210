import { IconChevronRight } from '@tabler/icons-react';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import type { Section } from './arrangeDevices.ts';
import styles from './SectionHeading.module.css';
import { ROW, ROW_HEADER } from './tableRoles.ts';

interface SectionHeadingProps {
  section: Section;
  isFolded: boolean;
  fold(key: string): void;
  isTable: boolean;
}

/** Name of a group and how many of it are online; folds it away. Stays in sight while its devices pass. */
export function SectionHeading({ section, isFolded, fold, isTable }: SectionHeadingProps) {
  const title = titleOf(section);
  const online = section.devices.filter((device) => device.online).length;
  const heading = (
    <h2 className={styles.heading}>
      <button type="button" aria-expanded={!isFolded} onClick={() => fold(section.key)}>
        <IconChevronRight size={16} aria-hidden className={styles.chevron} />
        <span className={styles.title}>{title}</span>{' '}
        <span className={styles.count}>{texts.home.count(online, section.devices.length)}</span>
      </button>
    </h2>
  );
  if (!isTable) return <div className={styles.bar}>{heading}</div>;
  return (
    <div className={styles.bar} {...ROW}>
      <div {...ROW_HEADER}>{heading}</div>
    </div>
  );
}

/** A section in the user's words. */
export function titleOf({ key, title }: Section): string {
  const [grouping] = key.split(':', 1);
  const { states, without } = texts.arrange;
  if (grouping === 'state' && title !== null) return states[title as keyof typeof states];
  if (title !== null) return visibleText(title, 64);
  return grouping === 'group' || grouping === 'tag' || grouping === 'system' ? without[grouping] : '';
}
