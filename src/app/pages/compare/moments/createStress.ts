// What stands out in the diagrams: the message chosen anywhere, and the mark that the keys are on.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StageId } from '../../../../engine/index';
import type { DiagramMark, Stress } from '../../../../stage/spacetime/diagramMarks';
import type { View } from '../../../createView';

/** The keyboard's mark, and in which diagram it is. */
export interface Cursor {
  readonly stage: StageId | null;
  readonly mark: DiagramMark | null;
}

export const createCursor = (): StoreApi<Cursor> =>
  createStore<Cursor>(() => ({ stage: null, mark: null }));

export interface StressSource {
  readonly getStress: () => Stress;
  readonly subscribeStress: (callback: () => void) => () => void;
}

/** What one stage's diagram stresses. */
export function stressOf(view: View, cursor: StoreApi<Cursor>, stage: StageId): StressSource {
  return {
    getStress: () => {
      const { stage: place, mark } = cursor.getState();
      return { message: view.store.getState().chosenMessage, mark: place === stage ? mark : null };
    },
    subscribeStress: (callback) => {
      const ends = [
        view.store.subscribe((now, before) => {
          if (now.chosenMessage !== before.chosenMessage) callback();
        }),
        cursor.subscribe(callback),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
