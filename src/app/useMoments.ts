// Brings the words for moments when somebody is to read or hear them; says none itself.

import { useEffect, useState } from 'react';

export type Moments = typeof import('./moments');

/** Null until they are needed and have come. */
export function useMoments(isNeeded: boolean): Moments | null {
  const [moments, setMoments] = useState<Moments | null>(null);
  const isMissing = isNeeded && moments === null;
  useEffect(() => {
    // Without a connection the page stays silent; what is seen does not depend on it.
    if (isMissing) import('./moments').then(setMoments, () => undefined);
  }, [isMissing]);
  return moments;
}
