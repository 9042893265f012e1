// What a client has asked its coordinator and not heard yet, so that it can ask anew when the
// coordinator is lost; carries nothing itself.

/** How requests travel; what is asked while the coordinator is unknown waits. */
export type Ask<Request, Response> = (
  request: Request,
  onAnswer: (response: Response) => void,
) => void;

/** What becomes of one request. */
interface Outcome<Response> {
  readonly answered: (response: Response) => void;
  /** The coordinator is lost, and the answer will never come. */
  readonly lost: () => void;
}

export class CoordinatorTalk<Request, Response> {
  readonly #ask: Ask<Request, Response>;
  #open = new Set<() => void>();

  constructor(ask: Ask<Request, Response>) {
    this.#ask = ask;
  }

  /** `Answer` is the response of this request's API. */
  ask<Answer extends Response>(request: Request, { answered, lost }: Outcome<Answer>): void {
    this.#open.add(lost);
    this.#ask(request, (response) => {
      if (this.#open.delete(lost)) answered(response as Answer);
    });
  }

  lost(): void {
    const open = this.#open;
    this.#open = new Set();
    for (const lost of open) lost();
  }

  /** Nobody waits for an answer any more. */
  forget(): void {
    this.#open = new Set();
  }
}
