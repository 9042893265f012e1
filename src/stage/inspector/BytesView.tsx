// The bytes of one transfer, in whatever form they have.

import type { ReactNode } from 'react';
import type { MessageIndex, TraceIndex, TransferIndex } from '../../engine/index';
import { plural } from '../numberText';
import { BatchView } from './BatchView';
import { FrameView } from './FrameView';
import styles from './Inspector.module.css';
import {
  messageTitle,
  openingOf,
  sideOf,
  type TransferBytes,
  transferBytes,
  transferTitle,
} from './transferBytes';

export interface BytesViewProps {
  readonly index: TraceIndex;
  readonly transfer: TransferIndex;
  /** The message that is looked at; -1: none in particular. */
  readonly message: MessageIndex;
}

export function BytesView({ index, transfer, message }: BytesViewProps): ReactNode {
  const { trace } = index;
  const shown = transferBytes(trace, transfer);
  const isRight = sideOf(trace, message) === 'right';
  const opening = shown.kind === 'frame' ? openingOf(trace, transfer) : [];
  return (
    <section className={`${styles['transfer']} ${isRight ? styles['right'] : ''}`}>
      <h3>
        {transferTitle(trace, transfer)}
        <small>{sizeText(shown, trace.transfers.bytes[transfer] as number)}</small>
      </h3>
      <Shown {...{ index, transfer, message }} shown={shown} />
      {opening.length > 0 && (
        <details className={styles['fields']}>
          <summary>The handshake that opened this connection</summary>
          {opening.map((text) => (
            <Text key={text} text={text} />
          ))}
          <p className={styles['remark']}>
            The accept key is the SHA-1 of the key and a fixed text, in Base64: whoever answers so
            speaks WebSocket.
          </p>
        </details>
      )}
    </section>
  );
}

function Shown(props: BytesViewProps & { readonly shown: TransferBytes }): ReactNode {
  const { message, shown } = props;
  const { trace } = props.index;
  switch (shown.kind) {
    case 'frame':
      return <FrameView bytes={shown.bytes} fields={shown.fields} />;
    case 'text':
      return (
        <>
          <Text text={shown.text} />
          {shown.note !== '' && <p className={styles['remark']}>{shown.note}</p>}
        </>
      );
    case 'batches':
      return shown.batches.map((batch, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: batches have no name but their place.
        <BatchView key={at} {...{ batch, message }} nameOf={(one) => messageTitle(trace, one)} />
      ));
    case 'size':
      return <p className={styles['remark']}>Control traffic: the run counts its bytes alone.</p>;
  }
}

const Text = ({ text }: { readonly text: string }): ReactNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keys as well.
  <pre className={styles['text']} tabIndex={0}>
    {text.trimEnd()}
  </pre>
);

function sizeText(shown: TransferBytes, bytes: number): string {
  if (shown.kind === 'frame') {
    const payload = (shown.fields.find(({ name }) => name === 'payload')?.bits ?? 0) / 8;
    return `${bytes - payload} + ${payload} = ${plural(bytes, 'byte')}`;
  }
  if (shown.kind === 'batches')
    return `${plural(bytes, 'byte')}, ${shown.around} around the batches`;
  return plural(bytes, 'byte');
}
