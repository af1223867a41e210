import { visibleText } from '../../../base/format.ts';
import styles from './PdfView.module.css';
import type { ViewerProps } from './Viewer.tsx';

/** A document by the browser's own reader. Its answer forbids scripts, and it has no way to this page. */
export function PdfView({ pane, entry, path }: ViewerProps) {
  return <iframe className={styles.frame} src={pane.api.contentUrl(path, 'inline')} title={visibleText(entry.name)} />;
}
