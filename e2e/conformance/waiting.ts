// Waits for a condition by hearing of every change that may bring it about; nobody looks at a clock
// except to give up.

/** Nothing on loopback takes this long; a busy machine may. */
const PATIENCE_MS = 15_000;

export class Waiting {
  readonly #waiters = new Set<() => void>();

  /** Something has changed: everyone who waits looks again. */
  happened(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }

  /**
   * Resolves as soon as the condition holds.
   * @throws Error with what `state` says, when it never does.
   */
  until(condition: () => boolean, state: () => string): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        this.#waiters.delete(waiter);
        clearTimeout(patience);
        finish();
      };
      const waiter = () => {
        if (condition()) end(resolve);
      };
      const patience = setTimeout(
        () => end(() => reject(new Error(`It never came to pass: ${state()}`))),
        PATIENCE_MS,
      );
      this.#waiters.add(waiter);
      waiter();
    });
  }
}
