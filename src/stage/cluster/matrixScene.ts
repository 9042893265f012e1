// A cluster as a matrix: brokers are columns, partitions are rows, readers stand at the right.

import { joinStills, type Still } from '../still';
import { cellStill, rowParts } from './cellScene';
import { MARGIN, type MatrixLayout } from './clusterLayout';
import { headStill } from './headScene';
import { heardStill } from './heardScene';
import { keyStill } from './keyScene';
import { idleStill, readerStill } from './readerScene';
import type { ClusterInstant } from './state/clusterInstant';

export function matrixStill(layout: MatrixLayout, instant: ClusterInstant): Still {
  const { partitions } = instant.index.trace.legend;
  return joinStills([
    headStill(layout, instant),
    ...layout.partitions.flatMap((partition, at) => {
      const row = rowParts(layout, at);
      const readers = partitions[partition]?.readers ?? [];
      return [
        ...layout.columns.map((column) =>
          cellStill(layout, instant, { partition, row, column, readers }),
        ),
        ...layout.readers.map((column) => readerStill(layout, instant, { partition, row, column })),
      ];
    }),
    ...layout.readers.map((column) => idleStill(layout, instant, column)),
    keyStill(layout.legend, { left: MARGIN, top: layout.footTop + 6 }),
    heardStill(layout, instant),
  ]);
}
