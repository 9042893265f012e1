// A record batch drawn to scale, its header field by field, and the fields of the chosen record.

import type { ReactNode } from 'react';
import type { BatchField } from '../../engine/doors/wire';
import type { MessageIndex } from '../../engine/index';
import { plural } from '../numberText';
import { spoken } from './frameCells';
import styles from './Inspector.module.css';
import type { ShownBatch } from './transferBytes';

interface BatchViewProps {
  readonly batch: ShownBatch;
  /** The message that is looked at; -1: none in particular. */
  readonly message: MessageIndex;
  readonly nameOf: (message: MessageIndex) => string;
}

const HEADER_BYTES = 61;
/** A name fits into a part of the strip from this share of its width on. */
const WORD_SHARE = 0.14;

export function BatchView({ batch, message, nameOf }: BatchViewProps): ReactNode {
  const { description, messages, bytes, partition } = batch;
  const place = messages.indexOf(message);
  const chosen = description.records[Math.max(0, place)];
  const records = bytes.length - HEADER_BYTES;
  return (
    <div className={styles['batch']}>
      <h4>
        Kafka record batch{partition && `, ${partition}`}
        <small>
          {HEADER_BYTES} + {records} = {plural(bytes.length, 'byte')}, drawn to scale
        </small>
      </h4>
      <Strip batch={batch} place={place} />
      <Fields fields={description.header} />
      {chosen !== undefined && (
        <>
          <h4 data-chosen="">
            {messages[Math.max(0, place)] === -1 ? 'End of a transaction' : 'Record of'}{' '}
            {nameOf(messages[Math.max(0, place)] ?? -1)}
            <small>{plural(chosen.bytes, 'byte')}</small>
          </h4>
          <Fields fields={chosen.fields} isChosen={true} />
        </>
      )}
    </div>
  );
}

function Strip({
  batch,
  place,
}: {
  readonly batch: ShownBatch;
  readonly place: number;
}): ReactNode {
  const { description, bytes } = batch;
  const word = (share: number, text: string): string => (share >= WORD_SHARE ? text : '');
  return (
    <div className={styles['strip']} aria-hidden="true">
      <i style={{ flexGrow: HEADER_BYTES }} data-part="header">
        {word(HEADER_BYTES / bytes.length, `header ${HEADER_BYTES}`)}
      </i>
      {description.records.map(({ at, bytes: size }, record) => (
        <i key={at} style={{ flexGrow: size }} data-part={record === place ? 'chosen' : 'record'}>
          {word(size / bytes.length, `record ${size}`)}
        </i>
      ))}
    </div>
  );
}

function Fields({
  fields,
  isChosen = false,
}: {
  readonly fields: readonly BatchField[];
  readonly isChosen?: boolean;
}): ReactNode {
  return (
    <dl className={styles['table']} data-chosen={isChosen ? '' : undefined}>
      {fields.map(({ name, at, bytes, hex, meaning }) => (
        <div key={at} className={styles['field']}>
          <dt>
            <b className={styles['count']}>{bytes}</b> {name}
          </dt>
          <dd>
            <code>{elided(hex)}</code>
            <span>{spoken(meaning)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Longer ones lose their middle. */
const MOST_PAIRS = 8;

function elided(hex: string): string {
  const pairs = hex.split(' ');
  if (pairs.length <= MOST_PAIRS) return hex;
  return `${pairs.slice(0, 4).join(' ')} … ${pairs.slice(-3).join(' ')}`;
}
