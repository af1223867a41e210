import { IconZoomReset } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { texts } from '../../../base/texts.ts';
import styles from './SpanChoice.module.css';
import { SPAN_NAMES, type TimeView } from './timeView.ts';

interface SpanChoiceProps {
  view: TimeView;
  choose(view: TimeView): void;
  /** Leaves a piece that was marked. */
  back(): void;
  children: ReactNode;
}

/** How far back the charts look. */
export function SpanChoice({ view, choose, back, children }: SpanChoiceProps) {
  const name = useId();
  return (
    <div className={styles.bar}>
      <fieldset className={styles.choice}>
        <legend className="hidden-visually">{texts.health.span}</legend>
        {SPAN_NAMES.map((span) => (
          <label key={span} className={styles.span} title={texts.health.spans[span]}>
            <input
              type="radio"
              name={name}
              className="hidden-visually"
              aria-label={texts.health.spans[span]}
              checked={view.kind === 'span' && view.span === span}
              onChange={() => choose({ kind: 'span', span })}
            />
            {texts.health.spansShort[span]}
          </label>
        ))}
      </fieldset>
      {view.kind === 'range' ? (
        <button type="button" className={styles.back} onClick={back}>
          <IconZoomReset size={16} aria-hidden />
          {texts.health.zoomBack}
        </button>
      ) : null}
      <span className={styles.gap} />
      {children}
    </div>
  );
}
