// Lists the keys, and lets those who type with their voice switch the single letters off.

import type { ReactNode } from 'react';
import { Dialog } from '../../ui/Dialog';
import { Switch } from '../../ui/Switch';
import type { View } from '../createView';
import { useView } from '../createView';
import styles from './HelpDialog.module.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['Space', 'play or pause'],
  ['→', 'step to the next event'],
  ['←', 'step to the event before'],
  ['Home', 'to the start'],
  ['End', 'to the end'],
  ['R', 'restart'],
  ['D', 'durability on or off, from here on'],
  ['X', 'disconnect or reconnect, from here on'],
  ['L', 'look at: conversation, connection, wire'],
  ['?', 'this list'],
];

export function HelpDialog({ view }: { readonly view: View }): ReactNode {
  const letterKeys = useView(view, (state) => state.settings.letterKeys);
  return (
    <Dialog title="Keys" onClose={() => view.set({ openDialog: 'none' })}>
      <dl className={styles['keys']}>
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['note']}>
        Tab reaches every control; Space or Enter works it. On the scrubber the arrow keys go from
        event to event. On a diagram of all moments they go from mark to mark, Enter goes to a
        mark’s time, + and − zoom.
      </p>
      <Switch isOn={letterKeys} onToggle={() => view.changeSettings({ letterKeys: !letterKeys })}>
        Single-letter keys (R, D, X, L)
      </Switch>
    </Dialog>
  );
}
