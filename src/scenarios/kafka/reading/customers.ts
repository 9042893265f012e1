// The customers that orders are about: keys that spread over partitions as evenly as six can.

import type { Want } from '../../../engine/index';

/** By their hashes one for each of 6 partitions, two for each of 3, and three for each of 2. */
export const CUSTOMERS = [
  'customer-18',
  'customer-4',
  'customer-2',
  'customer-1',
  'customer-3',
  'customer-9',
];

/** Each order is about the next customer. */
export const aboutCustomers = (wants: readonly Want[]): Want[] =>
  wants.map((want, place) => ({ ...want, key: place % CUSTOMERS.length }));
