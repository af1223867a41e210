import { type KeyboardEvent, useRef } from 'react';
import { texts } from '../../base/texts.ts';
import styles from './SectionTabs.module.css';
import { HEALTH_SECTIONS, type HealthSection } from './sections.ts';

interface SectionTabsProps {
  section: HealthSection;
  choose(section: HealthSection): void;
}

/** The parts of the health panel, by mouse and by arrow keys. */
export function SectionTabs({ section, choose }: SectionTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = HEALTH_SECTIONS[HEALTH_SECTIONS.indexOf(section) + by];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    choose(next);
    const tab = list.current?.children[HEALTH_SECTIONS.indexOf(next)];
    if (tab instanceof HTMLElement) tab.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={texts.health.title} onKeyDown={onKeyDown}>
      {HEALTH_SECTIONS.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          className={styles.tab}
          aria-selected={each === section}
          tabIndex={each === section ? 0 : -1}
          onClick={() => choose(each)}
        >
          {texts.health.sections[each]}
        </button>
      ))}
    </div>
  );
}
