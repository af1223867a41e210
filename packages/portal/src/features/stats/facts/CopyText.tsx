import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { texts } from '../../../base/texts.ts';
import styles from './CopyText.module.css';

/** How long it says that it was copied, in ms. */
const SAID_MS = 1_500;

/** A short text that people take elsewhere, such as an address: one click copies it. */
export function CopyText({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  // Only a page that came securely has a clipboard.
  if (!navigator.clipboard) return <span className={styles.plain}>{text}</span>;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <button
      type="button"
      className={styles.copy}
      aria-label={copied ? texts.health.copied(text) : texts.health.copy(text)}
      onClick={() => void copy().catch(() => setCopied(false))}
    >
      <span>{text}</span>
      <Icon size={14} aria-hidden />
    </button>
  );
}
