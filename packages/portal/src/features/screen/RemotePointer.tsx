import { useEffect, useRef } from 'react';
import styles from './RemotePointer.module.css';
import type { ScreenHost } from './screenHost.ts';

/** Where the device's pointer is, for those who only watch. It moves past React: it may change with every frame. */
export function RemotePointer({ host, scale }: { host: ScreenHost; scale: number }) {
  const ref = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const image = ref.current;
    if (!image) return;
    const place = () => {
      const { pointer, cursor } = host.state.get();
      const shown = pointer !== null && cursor !== null && cursor.url !== '';
      image.hidden = !shown;
      if (!shown) return;
      if (image.getAttribute('src') !== cursor.url) image.src = cursor.url;
      const [x, y] = [(pointer.x - cursor.hotX) * scale, (pointer.y - cursor.hotY) * scale];
      image.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    };
    place();
    return host.state.subscribe(place);
  }, [host, scale]);
  return <img ref={ref} className={styles.pointer} alt="" hidden draggable={false} />;
}
