// Sentences about what went otherwise than asked, until they are dismissed.

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './Button';
import styles from './Notice.module.css';

interface NoticeProps {
  readonly sentences: readonly string[];
  readonly onDismiss: () => void;
}

export function Notice({ sentences, onDismiss }: NoticeProps): ReactNode {
  return (
    <div role="status" className={sentences.length === 0 ? undefined : styles['notice']}>
      {sentences.length > 0 && (
        <>
          <ul className={styles['sentences']}>
            {[...new Set(sentences)].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <IconButton label="Dismiss" onClick={onDismiss}>
            <X size={20} aria-hidden="true" />
          </IconButton>
        </>
      )}
    </div>
  );
}
