import type { ReactNode } from 'react';
import styles from './Brand.module.css';
import { usePortal } from './portalContext.ts';
import { useStore } from './useStore.ts';

/**
 * The mark of this hub's portal, 24 px high: the picture that its admins chose, or else `instead`, or else the product's own.
 * Decoration beside a name.
 */
export function Brand({ instead }: { instead?: ReactNode }) {
  const { logo } = useStore(usePortal().product.state);
  if (logo !== null) return <img className={styles.picture} src={logo} alt="" />;
  if (instead !== undefined) return instead;
  return (
    <svg className={styles.mark} width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="13" fill="none" stroke="currentColor" strokeWidth="4" />
      <circle cx="16" cy="16" r="5" fill="currentColor" />
    </svg>
  );
}
