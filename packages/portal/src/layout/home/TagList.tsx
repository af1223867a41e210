import { visibleText } from '../../base/format.ts';
import styles from './TagList.module.css';

/** Tags in one line, cut where there is no room for more. */
export function TagList({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  const words = tags.map((tag) => visibleText(tag, 32));
  return (
    <span className={styles.tags} title={words.join(', ')}>
      {words.map((tag) => (
        <span key={tag}>{tag}</span>
      ))}
    </span>
  );
}
