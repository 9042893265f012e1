// Runs a script with the browser, the relay and `ws`; waits after each step until they have come as
// far as the engine did.

import { frameText } from './frameText';
import type { Loopback } from './loopback';
import type { Deed, Life, Moment, Observation, Progress } from './observation';
import type { ClientState } from './pageClient';
import type { Script, Step } from './script';

/** What the engine knows beforehand: how far each step leads, and what the messages say. */
export interface Guide {
  readonly moments: readonly Moment[];
  /** Payloads of pings and messages, in the order of the steps that send them. */
  readonly texts: readonly string[];
}

export class RealRun {
  readonly #real: Loopback;
  readonly #guide: Guide;
  readonly #script: Script;
  readonly #clientEvents: (readonly string[])[] = [];
  readonly #sent: { readonly by: 'client' | 'server'; readonly text: string }[] = [];
  #texts: string[];
  #opens = 0;
  /** Connections that there were before this script. */
  readonly #connectionsBefore: number;
  readonly #endsBefore: number;

  constructor(real: Loopback, script: Script, guide: Guide) {
    this.#real = real;
    this.#script = script;
    this.#guide = guide;
    this.#texts = [...guide.texts];
    this.#connectionsBefore = real.relay.connections.length;
    this.#endsBefore = real.server.ends.length;
  }

  async observe(): Promise<Observation> {
    const { relay } = this.#real;
    relay.dropsUpgrade = this.#script.terms.proxy === 'dropsUpgrade';
    const moments: Moment[] = [];
    for (const [place, step] of this.#script.steps.entries()) {
      const deed = await this.#take(step);
      const { progress } = this.#guide.moments[place] as Moment;
      await this.#comeTo(progress, `${place} ${JSON.stringify(step)}`);
      moments.push(await this.#moment(deed));
    }
    await this.#keepEvents();
    relay.cut();
    relay.release();
    const lives = this.#lives();
    return { moments, lives, missed: this.#missed(lives) };
  }

  async #take(step: Step): Promise<Deed | null> {
    const { client, relay, server, host } = this.#real;
    const socket = server.ends[this.#endsBefore] && server.current?.socket;
    switch (step.do) {
      case 'open':
        await this.#keepEvents();
        this.#opens += 1;
        return client.open(`ws://${host}/talk`, this.#script.terms.subprotocols);
      case 'send': {
        const text = this.#texts.shift() ?? '';
        const deed = step.by === 'client' ? await client.send(text) : null;
        if (step.by === 'server') socket?.send(text, ignoreError);
        if (deed?.thrown == null) this.#sent.push({ by: step.by, text });
        return deed;
      }
      case 'close':
        if (step.by === 'client') return client.close(step.code, step.reason || null);
        if (step.code === null) socket?.close();
        else socket?.close(step.code, step.reason);
        return null;
      case 'ping':
        socket?.ping(this.#texts.shift() ?? '', undefined, ignoreError);
        return null;
      case 'terminate':
        socket?.terminate();
        return null;
      default:
        relay[step.do]();
        return null;
    }
  }

  /** Waits for all that must come, and for nothing else. */
  async #comeTo(wanted: Progress, step: string): Promise<void> {
    const { client, relay, server } = this.#real;
    const state = () =>
      `${step}: ${JSON.stringify(wanted)}, but it is ${JSON.stringify(this.#now())}`;
    await relay.changed.until(() => {
      const { up, down } = this.#now();
      return up >= wanted.up && down >= wanted.down;
    }, state);
    await server.changed.until(() => {
      const { accepted, server } = this.#now();
      return (
        accepted > wanted.accepted || (accepted === wanted.accepted && server >= wanted.server)
      );
    }, state);
    if (this.#opens > 0) await client.until(wanted.client);
  }

  #now(): Omit<Progress, 'client'> {
    const { relay, server } = this.#real;
    const connections = relay.connections.slice(this.#connectionsBefore);
    const count = (way: 'up' | 'down') =>
      connections.reduce((sum, connection) => sum + connection[way].frames.length, 0);
    const ends = server.ends.slice(this.#endsBefore);
    const { length: accepted } = ends;
    return {
      ...{ up: count('up'), down: count('down'), accepted },
      server: ends.at(-1)?.events.length ?? 0,
    };
  }

  async #moment(deed: Deed | null): Promise<Moment> {
    const { events, readyState, bufferedAmount } = await this.#state();
    return {
      deed,
      progress: { ...this.#now(), client: events.length },
      readyState,
      bufferedAmount: readyState < 2 ? null : bufferedAmount,
    };
  }

  /** Of the newest socket of this script. */
  async #state(): Promise<ClientState> {
    if (this.#opens === 0) return { events: [], readyState: 0, bufferedAmount: 0 };
    return this.#real.client.state();
  }

  /** What the socket has reported that another one takes the place of. */
  async #keepEvents(): Promise<void> {
    if (this.#opens > 0) this.#clientEvents.push((await this.#state()).events);
  }

  #lives(): Life[] {
    const { relay, server } = this.#real;
    const ends = server.ends.slice(this.#endsBefore);
    return relay.connections.slice(this.#connectionsBefore).map((connection, place) => {
      const { up, down, finishedFirst } = connection;
      const isAccepted = down.head.startsWith('HTTP/1.1 101');
      return {
        client: this.#clientEvents[place] ?? [],
        server: (isAccepted ? ends.shift()?.events : undefined) ?? [],
        request: up.head,
        response: down.head,
        up: up.frames.map(frameText),
        down: down.frames.map(frameText),
        finishedFirst,
      };
    });
  }

  #missed(lives: readonly Life[]): Observation['missed'] {
    const heard = {
      client: lives.flatMap(({ server }) => server),
      server: lives.flatMap(({ client }) => client),
    };
    const missedBy = (by: 'client' | 'server') =>
      this.#sent
        .filter((message) => message.by === by)
        .filter(({ text }) => !heard[by].some((event) => event.startsWith(`message ${text}`)))
        .map(({ text }) => text);
    return { byClient: missedBy('client'), byServer: missedBy('server') };
  }
}

/** What comes of it is told by the connection's close. */
const ignoreError = () => undefined;
