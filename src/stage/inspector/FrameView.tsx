// A WebSocket frame: its first two bytes bit by bit with their names, then byte after byte.

import type { ReactNode } from 'react';
import type { FrameField } from '../../engine/doors/wire';
import { plural } from '../numberText';
import { type ByteGroup, byteGroups, headBits } from './frameCells';
import styles from './Inspector.module.css';

interface FrameViewProps {
  readonly bytes: Uint8Array;
  readonly fields: readonly FrameField[];
}

export function FrameView({ bytes, fields }: FrameViewProps): ReactNode {
  const groups = byteGroups(bytes, fields);
  const isCompressed = fields.some(({ name, value }) => name === 'RSV1' && value === '1');
  return (
    <>
      <div className={styles['bits']} aria-hidden="true">
        {headBits(fields, bytes).map((byte) => (
          <div key={byte.map(({ name }) => name).join()} className={styles['byte']}>
            {byte.map(({ name, text, bits, isStressed }) => (
              <div key={name} style={{ gridColumn: `span ${bits.length}` }}>
                <span>{text}</span>
                <div className={styles['cells']} data-stressed={isStressed}>
                  {bits.map((bit, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: their place is their name.
                    <b key={at}>{bit}</b>
                  ))}
                </div>
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className={styles['groups']} aria-hidden="true">
        {groups.map((group) => (
          <Bytes key={group.text} group={group} />
        ))}
      </div>
      {isCompressed && (
        <p className={styles['remark']}>
          Compressed (permessage-deflate): only its size is meant, and that is an estimate; these
          bytes stand for it.
        </p>
      )}
      <details className={styles['fields']}>
        <summary>What each field says</summary>
        <dl>
          {fields.map(({ name, bits, value, meaning }) => (
            <div key={name}>
              <dt>
                {name}, {plural(bits, 'bit')}
              </dt>
              <dd>
                {value.length > 24 ? '' : <code>{value}</code>} {meaning}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

function Bytes({ group }: { readonly group: ByteGroup }): ReactNode {
  return (
    <div data-group={group.kind}>
      <div className={styles['bytes']}>
        {group.cells.map((cell, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bytes have no name but their place.
          <b key={at}>{cell}</b>
        ))}
      </div>
      <span>{group.text}</span>
    </div>
  );
}
