import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { texts } from '../base/texts.ts';
import { EntryFrame } from './EntryFrame.tsx';

/** A mistake of the page itself ends in a sentence and a way out, not in an empty window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <EntryFrame title={texts.product}>
        <p role="alert">{texts.link.broken}</p>
        <Button onClick={() => window.location.reload()}>{texts.link.reload}</Button>
      </EntryFrame>
    );
  }
}
