import type { HomeField, HomeView } from '@porthole/protocol';
import { type RefObject, useEffect, useMemo } from 'react';
import { texts } from '../../base/texts.ts';
import type { Section } from './arrangeDevices.ts';
import styles from './DeviceSections.module.css';
import { type HomeLayout, homeLayout, type PlacedSection, type SectionWindow, visibleParts } from './homeLayout.ts';
import { SectionHeading, titleOf } from './SectionHeading.tsx';
import { ROW_GROUP } from './tableRoles.ts';
import { textHeightOf } from './textHeight.ts';
import { useDeviceWindow } from './useDeviceWindow.ts';
import { ITEMS } from './views.ts';

export interface DeviceSectionsProps {
  area: RefObject<HTMLDivElement | null>;
  sections: readonly Section[];
  view: HomeView;
  size: number;
  fields: readonly HomeField[];
  favourites: ReadonlySet<string>;
  folded: ReadonlySet<string>;
  fold(key: string): void;
  isMovable: boolean;
  isCompact: boolean;
  /** Hears how many columns there are, for whom moves by keys. */
  columns: RefObject<number>;
}

/** All devices, of which only those near the window are in the page. */
export function DeviceSections(props: DeviceSectionsProps) {
  const { area, sections, view, size, fields, folded, isCompact } = props;
  const { width, height, scrolled } = useDeviceWindow(area);
  const hasHeadings = sections.some(({ key }) => key !== '');
  const layout = useMemo(
    () =>
      homeLayout({
        view,
        width,
        height,
        size,
        textHeight: textHeightOf(view, fields, isCompact),
        hasPicture: fields.includes('picture'),
        counts: sections.map((section) => (folded.has(section.key) ? 0 : section.devices.length)),
        hasHeadings,
      }),
    [view, width, height, size, fields, isCompact, sections, folded, hasHeadings],
  );
  const { columns } = props;
  useEffect(() => {
    columns.current = layout.columns;
  }, [columns, layout]);
  const parts = width > 0 ? visibleParts(layout, scrolled, height) : [];
  return (
    <div
      ref={area}
      className={styles.area}
      data-view={view}
      data-movable={props.isMovable || undefined}
      style={{ height: layout.height }}
    >
      {parts.map((part) => {
        const section = sections[part.at];
        const placed = layout.sections[part.at];
        return section && placed ? (
          <Part key={section.key} {...props} section={section} placed={placed} part={part} layout={layout} />
        ) : null;
      })}
    </div>
  );
}

interface PartProps extends DeviceSectionsProps {
  section: Section;
  placed: PlacedSection;
  part: SectionWindow;
  layout: HomeLayout;
}

function Part({ section, placed, part, layout, ...props }: PartProps) {
  const { view, folded, fold } = props;
  const isTable = view === 'table';
  const style = {
    gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
    gridAutoRows: layout.rowHeight,
    gap: layout.gap,
    marginTop: part.before,
  };
  const title = section.key === '' ? texts.home.title : titleOf(section);
  const List = isTable ? 'div' : 'ul';
  return (
    <section
      className={styles.section}
      style={{ top: placed.top, height: placed.height }}
      aria-label={title}
      {...(isTable ? ROW_GROUP : {})}
    >
      {placed.headingHeight > 0 ? (
        <SectionHeading section={section} isFolded={folded.has(section.key)} fold={fold} isTable={isTable} />
      ) : null}
      <List
        className={styles.list}
        style={style}
        aria-label={isTable ? undefined : title}
        data-columns={layout.columns}
      >
        {itemsOf({ section, part, ...props })}
      </List>
    </section>
  );
}

/** The devices of the section that are in the page. In a table they are counted through, elsewhere within their list. */
function itemsOf({ section, part, ...props }: DeviceSectionsProps & Pick<PartProps, 'section' | 'part'>) {
  const { view, sections, fields, favourites, isMovable } = props;
  const Item = ITEMS[view];
  const before =
    view === 'table' ? sections.slice(0, part.at).reduce((sum, { devices }) => sum + devices.length, 0) : 0;
  return section.devices.slice(part.start, part.end).map(({ id }, index) => {
    const position = before + part.start + index + 1;
    const item = { id, position, total: section.devices.length, fields, isMovable, isFavourite: favourites.has(id) };
    return <Item key={id} {...item} />;
  });
}
