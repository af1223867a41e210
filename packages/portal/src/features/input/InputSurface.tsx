import { type RefObject, useEffect, useRef } from 'react';
import { texts } from '../../base/texts.ts';
import styles from './InputSurface.module.css';
import type { InputSession } from './inputSession.ts';
import { KeyboardCapture } from './keyboardCapture.ts';
import { PointerCapture } from './pointerCapture.ts';
import type { Gesture, Point } from './touchGestures.ts';
import { listenViewGestures } from './viewGestures.ts';

export interface InputSurfaceProps {
  session: InputSession;
  controlling: boolean;
  deviceName: string;
  /** A point of the page, and where this surface lies on it, as a pixel of the display. */
  locate(point: Point, box: DOMRect): Point | undefined;
  /** CSS `cursor` over the picture while in control. */
  cursor: string;
  scroller: RefObject<HTMLElement | null>;
  pinch(gesture: Gesture & { type: 'pinch' }): void;
  /** The hidden text field; whoever gives it the focus gives the keyboard to the device. */
  sink: RefObject<HTMLTextAreaElement | null>;
  focusChanged(focused: boolean): void;
  gaveBack(): void;
}

/** Lies exactly over the picture: in control it sends pointer and keys, otherwise fingers move the view. */
export function InputSurface(props: InputSurfaceProps) {
  const surface = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useCapture(surface, latest, props.controlling);
  return (
    <>
      <div
        ref={surface}
        className={styles.surface}
        style={{ cursor: props.controlling ? props.cursor : 'default' }}
        data-controlling={props.controlling || undefined}
      />
      {props.controlling ? (
        <textarea
          ref={props.sink}
          className={styles.sink}
          aria-label={texts.control.sink(props.deviceName)}
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          tabIndex={0}
        />
      ) : null}
    </>
  );
}

function useCapture(
  surface: RefObject<HTMLDivElement | null>,
  latest: RefObject<InputSurfaceProps>,
  controlling: boolean,
): void {
  useEffect(() => {
    const element = surface.current;
    const sink = latest.current.sink.current;
    if (!element) return;
    const pinch = (gesture: Gesture & { type: 'pinch' }) => latest.current.pinch(gesture);
    if (!controlling || !sink) {
      return listenViewGestures({ surface: element, scroller: () => latest.current.scroller.current, pinch });
    }
    const { session } = latest.current;
    const keyboard = new KeyboardCapture({
      sink,
      send: (message) => session.send(message),
      focusChanged: (focused) => latest.current.focusChanged(focused),
      gaveBack: () => latest.current.gaveBack(),
    });
    const pointer = new PointerCapture({
      surface: element,
      locate: (point) => latest.current.locate(point, element.getBoundingClientRect()),
      send: (message) => session.send(message),
      pressed: () => sink.focus({ preventScroll: true }),
      moveView: pinch,
    });
    return () => {
      keyboard.close();
      pointer.close();
    };
  }, [surface, latest, controlling]);
}
