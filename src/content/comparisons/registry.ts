// The documents' comparisons in the order in which the Tables page shows them.
import type { Comparison, ComparisonRow } from './comparison';
import { duplexTable } from './duplexTable';
import { fivePoints } from './fivePoints';
import { summaryTable } from './summaryTable';

export const COMPARISONS: readonly Comparison[] = [summaryTable, duplexTable, fivePoints];

export const COMPARISON_ROWS: readonly ComparisonRow[] = COMPARISONS.flatMap(({ rows }) => rows);
