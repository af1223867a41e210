import { useEffect } from 'react';
import { usePortal } from './portalContext.ts';
import { texts } from './texts.ts';
import { useStore } from './useStore.ts';

/** What the portal is called on this hub. */
export function useProductTitle(): string {
  const { title } = useStore(usePortal().product.state);
  return title ?? texts.product;
}

/** Names the page in its tab: `title · Porthole`, or the product alone without one. `title` is safe to show. */
export function usePageTitle(title?: string): void {
  const product = useProductTitle();
  useEffect(() => {
    document.title = title === undefined || title === product ? product : `${title} · ${product}`;
  }, [title, product]);
}
