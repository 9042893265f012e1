// The frame of one stage: title, the field's word in the corner, places for picture and numbers.

import type { ReactNode } from 'react';
import { useId } from 'react';
import type { StageId } from '../engine/index';
import styles from './StageFrame.module.css';

export interface StageFrameProps {
  readonly stage: StageId;
  readonly title: string;
  /** What the stage looks like, in plain words. */
  readonly subtitle: string;
  /** The field's word: text, or a button that opens its footnote. */
  readonly corner: ReactNode;
  /** Without one the verdict stands among the counters. */
  readonly hasRibbon: boolean;
  /** Picture, ribbon, verdict, counters, lines below; in this order. */
  readonly children: ReactNode;
}

export function StageFrame(props: StageFrameProps): ReactNode {
  const { stage, title, subtitle, corner, hasRibbon, children } = props;
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, this is a picture.
    <div
      className={styles['frame']}
      role="group"
      aria-labelledby={id}
      data-frame={stage}
      data-ribbon={hasRibbon ? undefined : 'none'}
    >
      <div className={styles['head']}>
        <h2 id={id} className={styles['title']}>
          {title}
        </h2>
        <p className={styles['subtitle']}>{subtitle}</p>
        <div className={styles['corner']}>{corner}</div>
      </div>
      {children}
    </div>
  );
}
