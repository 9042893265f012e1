// Keeps an error inside one view: the others work on, and this one says what to do.

import type { ErrorInfo, ReactNode } from 'react';
import { Component, Fragment } from 'react';
import { Button } from './Button';
import styles from './ViewBoundary.module.css';

interface ViewBoundaryProps {
  /** What stopped, in the reader's words: "The WebSocket stage". */
  readonly name: string;
  readonly children: ReactNode;
}

interface ViewBoundaryState {
  readonly error: Error | null;
  /** Counts reloads, so that the view starts afresh. */
  readonly round: number;
}

export class ViewBoundary extends Component<ViewBoundaryProps, ViewBoundaryState> {
  override state: ViewBoundaryState = { error: null, round: 0 };

  static getDerivedStateFromError(error: unknown): Partial<ViewBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.warn(`${this.props.name} stopped:`, error, info.componentStack);
  }

  private readonly reload = (): void => {
    this.setState(({ round }) => ({ error: null, round: round + 1 }));
  };

  override render(): ReactNode {
    const { error, round } = this.state;
    if (error === null) return <Fragment key={round}>{this.props.children}</Fragment>;
    return (
      <div className={styles['stopped']} role="alert">
        <p>
          <strong>{this.props.name} stopped.</strong> The rest of the page works. Press the button
          to start this part again.
        </p>
        <p className={styles['reason']}>Reason: {error.message}</p>
        <Button onClick={this.reload}>Reload this view</Button>
      </div>
    );
  }
}
