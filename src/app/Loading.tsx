// Stands in while a part of the page is fetched; the picture is not settled until then.

import type { ReactNode } from 'react';
import { useLayoutEffect } from 'react';
import type { SettledMark } from './settled';

export function Loading({ settled }: { readonly settled: SettledMark }): ReactNode {
  useLayoutEffect(() => settled.hold(), [settled]);
  return <p className="visuallyHidden">Loading</p>;
}
