// Adding to lists that are empty or hold one element nearly all the time; knows nothing of what
// they hold.

/**
 * Adds to the list, or begins another one if it is empty: the caller keeps what this returns. V8
 * makes room for seventeen elements when it adds to an empty array, and a run does so many times a
 * message.
 */
export function withOne<T>(list: T[], one: T): T[] {
  if (list.length === 0) return [one];
  list.push(one);
  return list;
}

/** As `withOne`, for a list that may become long: only its first three are added one by one. */
export function withAnother<T>(list: T[], one: T): T[] {
  if (list.length < 3) return [...list, one];
  list.push(one);
  return list;
}
