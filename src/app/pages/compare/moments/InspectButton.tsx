// Opens the inspector for a message; nothing where there is none.

import { ScanSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../../../ui/Button';
import type { View } from '../../../createView';

interface InspectButtonProps {
  readonly view: View;
  /** As the engine names it: `A#3`; empty: none. */
  readonly name: string;
}

export function InspectButton({ view, name }: InspectButtonProps): ReactNode {
  if (name === '') return null;
  return (
    <IconButton
      label={`Inspect message ${name.replace('#', ' ')}`}
      onClick={() => view.set({ inspected: name })}
    >
      <ScanSearch size={18} aria-hidden="true" />
    </IconButton>
  );
}
