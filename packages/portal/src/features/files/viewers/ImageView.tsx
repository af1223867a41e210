import { IconArrowAutofitContent, IconRotateClockwise, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { visibleText } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';
import { extensionOf } from '../fileKinds.ts';
import { Tool } from '../PaneToolbar.tsx';
import { stageProps } from '../roles.ts';
import { CannotShow } from './CannotShow.tsx';
import styles from './ImageView.module.css';
import { FIT, fitScale, type ImagePose, zoomAt } from './imagePose.ts';
import { svgUrl } from './svgUrl.ts';
import type { ViewerProps } from './Viewer.tsx';

const STEP = 1.25;

/** A picture: fitted, larger, moved, turned. What the browser cannot show is converted by the device. */
export function ImageView({ pane, entry, path }: ViewerProps) {
  const source = useSource(pane, entry, path);
  const stage = useRef<HTMLDivElement>(null);
  const [natural, setNatural] = useState({ width: 0, height: 0 });
  const [pose, setPose] = useState<ImagePose>(FIT);
  const box = useBox(stage);
  const fit = fitScale(natural, box, pose.turns);
  const scale = pose.scale ?? fit;
  const zoom = (by: number, point = { x: 0, y: 0 }) => setPose((before) => zoomAt(before, by, point, fit));
  useWheel(stage, (event) => {
    const area = event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : undefined;
    if (!area) return;
    zoom(event.deltaY < 0 ? STEP : 1 / STEP, {
      x: event.clientX - area.left - area.width / 2,
      y: event.clientY - area.top - area.height / 2,
    });
  });
  const drag = useDrag((dx, dy) => setPose((before) => ({ ...before, scale, x: before.x + dx, y: before.y + dy })));
  useViewerKeys(stage, (event) => {
    if (event.key === '+' || event.key === '=') zoom(STEP);
    if (event.key === '-') zoom(1 / STEP);
    if (event.key === '0') setPose({ ...FIT, turns: pose.turns });
    if (event.key === '1') setPose({ ...pose, scale: 1 / devicePixelRatio, x: 0, y: 0 });
    if (event.key === 'r') setPose({ ...pose, turns: (pose.turns + 1) % 4 });
  });
  const { viewer: words } = texts.files;
  return (
    <div ref={stage} className={styles.stage} {...stageProps(visibleText(entry.name), drag)}>
      {source.failed ? (
        <CannotShow pane={pane} path={path} what={words.noPicture} />
      ) : (
        <img
          className={styles.picture}
          src={source.url}
          alt={visibleText(entry.name)}
          draggable={false}
          data-loaded={natural.width > 0 || undefined}
          data-pixelated={scale >= 2 || undefined}
          style={{
            width: natural.width || undefined,
            transform: `translate(-50%, -50%) translate(${pose.x}px, ${pose.y}px) rotate(${pose.turns * 90}deg) scale(${scale})`,
          }}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            // A vector picture may have no size of its own.
            setNatural({ width: naturalWidth || 800, height: naturalHeight || 600 })
          }
          onError={source.next}
        />
      )}
      <div className={styles.tools}>
        <Tool label={words.zoomOut} onClick={() => zoom(1 / STEP)} icon={<IconZoomOut size={20} aria-hidden />} />
        <Tool label={words.zoomIn} onClick={() => zoom(STEP)} icon={<IconZoomIn size={20} aria-hidden />} />
        <Tool
          label={words.fit}
          onClick={() => setPose({ ...FIT, turns: pose.turns })}
          icon={<IconArrowAutofitContent size={20} aria-hidden />}
        />
        <button
          type="button"
          className={styles.actual}
          onClick={() => setPose({ ...pose, scale: 1 / devicePixelRatio, x: 0, y: 0 })}
        >
          {words.actual}
        </button>
        <Tool
          label={words.rotate}
          onClick={() => setPose({ ...pose, turns: (pose.turns + 1) % 4 })}
          icon={<IconRotateClockwise size={20} aria-hidden />}
        />
      </div>
    </div>
  );
}

/** What no browser shows by itself is not worth sending whole. */
const NOT_SHOWN = /^(heic|heif|tiff?|cr2|nef|dng|jxl|psd|exr|hdr|dds|jp2|j2k|pcx|qoi|sgi|p[abgnp]m|xbm)$/;
/** Longer side of what the device makes of it: more than screens have. */
const MAX_PIXELS = 4096;

function useSource(pane: ViewerProps['pane'], entry: ViewerProps['entry'], path: string) {
  const [step, setStep] = useState(NOT_SHOWN.test(extensionOf(entry.name)) ? 1 : 0);
  const version = `${entry.modified}-${entry.size}`;
  const isSvg = extensionOf(entry.name) === 'svg';
  const [svg, setSvg] = useState<string>();
  const { api } = pane;
  useEffect(() => {
    if (!isSvg) return;
    const abort = new AbortController();
    svgUrl(api, path, abort.signal).then(setSvg, () => {
      if (!abort.signal.aborted) setStep(2);
    });
    return () => abort.abort();
  }, [api, path, isSvg]);
  const original = isSvg ? svg : `${pane.api.contentUrl(path)}&v=${version}`;
  return {
    url: step === 0 ? original : pane.api.pictureUrl(path, MAX_PIXELS, version),
    failed: step > 1,
    next: () => setStep((before) => before + 1),
  };
}

function useBox(ref: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [box, setBox] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setBox({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return box;
}

/** React listens passively, and the page must not zoom along. */
function useWheel(ref: React.RefObject<HTMLElement | null>, turned: (event: WheelEvent) => void): void {
  const latest = useRef(turned);
  useEffect(() => {
    latest.current = turned;
  });
  useEffect(() => {
    const element = ref.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      latest.current(event);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [ref]);
}

function useDrag(moved: (dx: number, dy: number) => void) {
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) moved(event.movementX, event.movementY);
    },
  };
}

/** The keys of a picture work wherever the focus is in its viewer. */
function useViewerKeys(ref: React.RefObject<HTMLElement | null>, pressed: (event: KeyboardEvent) => void): void {
  const latest = useRef(pressed);
  useEffect(() => {
    latest.current = pressed;
  });
  useEffect(() => {
    const viewer = ref.current?.closest('dialog');
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) latest.current(event);
    };
    viewer?.addEventListener('keydown', onKeyDown);
    return () => viewer?.removeEventListener('keydown', onKeyDown);
  }, [ref]);
}
