// The real client: a page of the browser that holds WebSockets and writes down what they report.

import type { Page } from '@playwright/test';
import type { Deed } from './observation';

interface InPage {
  open(url: string, protocols: readonly string[]): Deed;
  send(text: string): Deed;
  close(code: number | null, reason: string | null): Deed;
  until(count: number): Promise<boolean>;
  state(): ClientState;
}

/** The newest socket of the page. */
export interface ClientState {
  /** In order: `open …`, `message …`, `close 1000 clean …`, each with its readyState. */
  readonly events: readonly string[];
  readonly readyState: number;
  readonly bufferedAmount: number;
}

declare global {
  interface Window {
    conformance: InPage;
  }
}

/** Runs in the page. */
function install(patienceMs: number): void {
  let socket: WebSocket | null = null;
  let events: string[] = [];
  const waiters = new Set<() => void>();
  const deed = (act: () => void): Deed => {
    let thrown: string | null = null;
    try {
      act();
    } catch (exception) {
      thrown = (exception as DOMException).name;
    }
    return { thrown, readyState: socket?.readyState ?? 0 };
  };
  window.conformance = {
    open: (url, protocols) =>
      deed(() => {
        events = [];
        const opened =
          protocols.length > 0 ? new WebSocket(url, [...protocols]) : new WebSocket(url);
        const mine = events;
        socket = opened;
        const note = (text: string) => {
          mine.push(`${text} @${opened.readyState}`);
          for (const waiter of [...waiters]) waiter();
        };
        opened.binaryType = 'arraybuffer';
        opened.onopen = () => note(`open ${opened.protocol}`.trim());
        opened.onmessage = ({ data }) =>
          note(`message ${typeof data === 'string' ? data : hex(data)}`);
        opened.onclose = ({ code, reason, wasClean }) =>
          note(`close ${code} ${wasClean ? 'clean' : 'unclean'} ${reason}`.trim());
      }),
    send: (text) => deed(() => socket?.send(text)),
    close: (code, reason) =>
      deed(() => {
        if (code === null) socket?.close();
        else if (reason === null) socket?.close(code);
        else socket?.close(code, reason);
      }),
    until: (count) =>
      new Promise((resolve) => {
        const end = (isThere: boolean) => {
          waiters.delete(waiter);
          clearTimeout(patience);
          resolve(isThere);
        };
        const waiter = () => {
          if (events.length >= count) end(true);
        };
        const patience = setTimeout(() => end(false), patienceMs);
        waiters.add(waiter);
        waiter();
      }),
    state: () => ({
      events,
      readyState: socket?.readyState ?? 0,
      bufferedAmount: socket?.bufferedAmount ?? 0,
    }),
  };
  const hex = (data: ArrayBuffer) =>
    `hex:${[...new Uint8Array(data)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

const PATIENCE_MS = 15_000;

export class PageClient {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async in(page: Page): Promise<PageClient> {
    await page.evaluate(install, PATIENCE_MS);
    return new PageClient(page);
  }

  open(url: string, protocols: readonly string[]): Promise<Deed> {
    const how = { url, protocols };
    return this.#page.evaluate(
      ({ url, protocols }) => window.conformance.open(url, protocols),
      how,
    );
  }

  send(text: string): Promise<Deed> {
    return this.#page.evaluate((said) => window.conformance.send(said), text);
  }

  close(code: number | null, reason: string | null): Promise<Deed> {
    const how = { code, reason };
    return this.#page.evaluate(({ code, reason }) => window.conformance.close(code, reason), how);
  }

  /** Waits until the newest socket has reported so much. */
  async until(count: number): Promise<void> {
    const isThere = await this.#page.evaluate((n) => window.conformance.until(n), count);
    if (isThere) return;
    const { events } = await this.state();
    throw new Error(`The page never reported ${count} events: ${JSON.stringify(events)}`);
  }

  state(): Promise<ClientState> {
    return this.#page.evaluate(() => window.conformance.state());
  }
}
