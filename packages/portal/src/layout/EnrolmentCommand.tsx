import { Button } from '@mantine/core';
import type { Enrolment } from '@porthole/protocol';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { formatMoment } from '../base/format.ts';
import { Problem } from '../base/Problem.tsx';
import { useConnection } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useAction } from '../base/useAction.ts';
import { useNow } from '../base/useNow.ts';
import styles from './EnrolmentCommand.module.css';

/** One copyable command with a fresh token in it. Every showing makes its own token, and a new one on request. */
export function EnrolmentCommand() {
  const { api } = useConnection();
  const now = useNow();
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const enrol = useAction(async () => setEnrolment(await api.enrol()));
  const { run } = enrol;
  // Development mounts twice; two tokens where one is needed would lie about.
  const asked = useRef(false);
  useEffect(() => {
    if (!asked.current) run();
    asked.current = true;
  }, [run]);
  const expired = enrolment !== undefined && enrolment.expires <= now;
  return (
    <div className={styles.box}>
      <p>{texts.add.intro}</p>
      <div className={styles.command} data-stale={expired || undefined}>
        <textarea
          readOnly
          aria-label={texts.add.command}
          value={enrolment?.command ?? ''}
          rows={3}
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <Problem>{enrol.error}</Problem>
      <div className={styles.foot}>
        {enrolment && !expired ? <CopyButton text={enrolment.command} /> : null}
        {expired || enrol.error !== undefined ? (
          <Button onClick={run} loading={enrol.busy}>
            {texts.add.renew}
          </Button>
        ) : null}
        <span className={styles.hint}>
          {expired ? texts.add.expired : enrolment ? texts.add.valid(formatMoment(enrolment.expires, now)) : ''}{' '}
          {expired ? '' : texts.add.arrives}
        </span>
      </div>
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = useAction(async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  });
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <Button onClick={() => copy.run()} leftSection={<Icon size={16} aria-hidden />} miw={104}>
      <span aria-live="polite">{copied ? texts.add.copied : texts.add.copy}</span>
    </Button>
  );
}
