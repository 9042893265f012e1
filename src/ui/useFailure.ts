// Carries an error from outside of rendering (a frame, a listener) to the nearest view boundary.

import { useState } from 'react';

/** Call it with what was caught: the component that uses it throws it as it renders next. */
export function useFailure(): (caught: unknown) => void {
  const [failure, setFailure] = useState<{ readonly caught: unknown } | null>(null);
  if (failure !== null) throw failure.caught;
  return (caught) => setFailure({ caught });
}
