// Runs a script in the engine: two nodes, a link and one connection after the other; sees of it what
// the real run sees.

import { instant, milliseconds, Simulation, TraceRecorder } from '../../src/engine/index';
import { LegendBuilder } from '../../src/engine/legendBuilder';
import type { LinkListener } from '../../src/engine/network/link';
import type { Environment, NetworkNode } from '../../src/engine/network/node';
import type { Transfer } from '../../src/engine/network/transfer';
import { UNBOUNDED_WIRE } from '../../src/engine/raise';
import type { CloseReport } from '../../src/engine/websocket/life/lifeEnd';
import type { SocketBody } from '../../src/engine/websocket/life/socketBody';
import { type LifeListener, WebSocketLife } from '../../src/engine/websocket/life/webSocketLife';
import { PLAIN_SOCKET_SETTINGS, PLAIN_SOCKETS } from '../../src/engine/websocket/socketScene';
import { closeException, sendException } from '../../src/engine/websocket/wire/closeCodes';
import { negotiate } from '../../src/engine/websocket/wire/handshake/negotiate';
import { PLAIN_TERMS } from '../../src/engine/websocket/wire/handshake/openingHandshake';
import { encodeUtf8 } from '../../src/engine/websocket/wire/utf8';
import {
  type EngineObservation,
  type NotedEvent,
  type NotedLife,
  type NotedMoment,
  observationOf,
} from './hindsight';
import type { Deed } from './observation';
import type { Script, Step } from './script';

/** One connection from its `open` step on. */
interface RunningLife extends NotedLife {
  readonly life: WebSocketLife;
  isAccepted: boolean;
  pings: number;
}

const READY_STATES = ['connecting', 'open', 'closing', 'closed'];
const HORIZON = instant(3_600_000_000);
/** Long enough for all that follows from a step, and short of every timeout. */
const STEP = milliseconds(1_000);
/** As the engine writes the number of a ping. */
const PING_DIGITS = 4;
const PING_AFTER = milliseconds(1);
const LATENCY = milliseconds(10);

export class EngineRun implements LifeListener, LinkListener {
  readonly #simulation: Simulation;
  readonly #recorder: TraceRecorder;
  readonly #environment: Environment;
  readonly #builder: LegendBuilder;
  readonly #client: NetworkNode;
  readonly #server: NetworkNode;
  readonly #link: ReturnType<LegendBuilder['link']>;
  readonly #script: Script;
  readonly #settings = { ...PLAIN_SOCKET_SETTINGS, pongTimeout: HORIZON as number };
  readonly #lives: RunningLife[] = [];
  readonly #moments: NotedMoment[] = [];
  readonly #lost = new Set<number>();
  /** By step: the message that was sent, or the text of a ping or of what could not be sent. */
  readonly #said: (number | string)[] = [];
  readonly #counts = { client: 0, server: 0 };

  constructor(script: Script, host: string) {
    this.#script = script;
    this.#simulation = new Simulation({
      ...{ seed: 7, start: instant(0), horizon: HORIZON, eventLimit: 1_000_000 },
    });
    this.#recorder = new TraceRecorder(this.#simulation);
    this.#environment = { context: this.#simulation, recorder: this.#recorder };
    this.#builder = new LegendBuilder(this.#environment);
    const person = { stage: 'websocket', role: 'participant' } as const;
    this.#client = this.#builder.node({ id: 'page', name: 'Page', ...person });
    this.#server = this.#builder.node({ id: host, name: 'Server', ...person });
    const ends = [this.#client, this.#server] as const;
    const line = { stage: 'websocket', ends, latency: LATENCY, ...UNBOUNDED_WIRE } as const;
    this.#link = this.#builder.link(line);
    this.#link.listeners.push(this);
  }

  observe(): EngineObservation {
    for (const step of this.#script.steps) {
      const at = this.#simulation.now;
      const deed = this.#take(step);
      this.#simulation.runUntil(instant(at + STEP));
      this.#note(at, deed);
    }
    const legend = this.#builder.finish(['websocket'], []);
    const trace = this.#recorder.finish(legend, instant(0), this.#simulation.now);
    return observationOf({
      ...{ trace, moments: this.#moments, lives: this.#lives },
      ...{ said: this.#said, lost: this.#lost },
    });
  }

  linkCut(): void {
    for (const { life } of this.#lives) life.stream.linkCut();
  }

  linkRestored(): void {
    for (const { life } of this.#lives) life.stream.linkRestored();
  }

  accepting(life: WebSocketLife): void {
    const opened = this.#openedBy(life);
    if (opened) opened.isAccepted = true;
  }

  opened(life: WebSocketLife, at: NetworkNode): void {
    const chosen = at === this.#client ? this.#subprotocol : '';
    this.#report(life, at, `open ${chosen}`.trim());
  }

  isReading(): boolean {
    return true;
  }

  received(life: WebSocketLife, { parcel, route }: Transfer<SocketBody>): void {
    if (parcel.body.part !== 'message') return;
    const readyState = READY_STATES.indexOf(life.readyStateAt(route.to));
    this.#eventsOf(life, route.to)?.push({ message: parcel.body.message, readyState });
  }

  closedAt(life: WebSocketLife, at: NetworkNode, report: CloseReport): void {
    const { code, wasClean, reason } = report;
    const clean = at === this.#client ? (wasClean ? ' clean' : ' unclean') : '';
    this.#report(life, at, `close ${code}${clean} ${reason}`.trim());
  }

  lost(_life: WebSocketLife, losses: Parameters<LifeListener['lost']>[1]): void {
    for (const { body } of losses) if (body.part === 'message') this.#lost.add(body.message);
  }

  get #subprotocol(): string {
    const { terms } = this.#script;
    return negotiate(this.#server.id, { ...PLAIN_TERMS, ...terms }).subprotocol ?? '';
  }

  #report(life: WebSocketLife, at: NetworkNode, text: string): void {
    const readyState = READY_STATES.indexOf(life.readyStateAt(at));
    this.#eventsOf(life, at)?.push(`${text} @${readyState}`);
  }

  #openedBy(life: WebSocketLife): RunningLife | undefined {
    return this.#lives.find((opened) => opened.life === life);
  }

  #eventsOf(life: WebSocketLife, at: NetworkNode): NotedEvent[] | undefined {
    return this.#openedBy(life)?.[at === this.#client ? 'client' : 'server'];
  }

  get #newest(): RunningLife {
    const opened = this.#lives.at(-1);
    if (!opened) throw new Error('The script opens nothing.');
    return opened;
  }

  #take(step: Step): Deed | null {
    if (step.do === 'hold') this.#link.cutOff();
    else if (step.do === 'release') this.#link.restore();
    else if (step.do === 'cut') for (const { life } of this.#lives) life.abort();
    else if (step.do === 'terminate') this.#newest.life.terminate(this.#server);
    else if (step.do === 'ping') this.#ping(this.#newest);
    else if (step.do === 'open') return this.#open();
    else if (step.do === 'send') return this.#send(this.#newest.life, step);
    else return this.#close(this.#newest.life, step);
    return null;
  }

  #open(): Deed {
    const { terms, name } = this.#script;
    const handshake = { ...PLAIN_TERMS, ...terms };
    const ends = { link: this.#link, client: this.#client, server: this.#server };
    const of = `${name} ${this.#lives.length}`;
    const route = this.#builder.connection('websocket', 'websocket', { ...ends, of, handshake });
    const setup = {
      // A page cannot ping.
      scene: { ...PLAIN_SOCKETS, heartbeatOf: 'server' as const },
      settings: this.#settings,
      handshake: negotiate(this.#server.id, handshake),
    };
    const life = new WebSocketLife(this.#environment, route, { setup, listener: this });
    const isHeld = this.#link.cut;
    if (isHeld) this.#link.restore();
    this.#lives.push({ life, client: [], server: [], isAccepted: false, pings: 0 });
    life.dial();
    const deed = this.#deed(life, null);
    if (isHeld) this.#holdRequest();
    return deed;
  }

  /** The relay answers the client's SYN itself, so that what it holds first is the request. */
  #holdRequest(): void {
    this.#simulation.runUntil(instant(this.#simulation.now + 2 * LATENCY));
    this.#link.cutOff();
  }

  #ping(opened: RunningLife): void {
    const { life } = opened;
    if (life.readyStateAt(this.#server) !== 'open') return;
    opened.pings += 1;
    this.#said.push(String(opened.pings).padStart(PING_DIGITS, '0'));
    this.#settings.pingInterval = PING_AFTER;
    life.settingsChanged();
    this.#simulation.runUntil(instant(this.#simulation.now + PING_AFTER));
    this.#settings.pingInterval = 0;
    life.settingsChanged();
  }

  #send(life: WebSocketLife, { by, bytes }: Extract<Step, { do: 'send' }>): Deed | null {
    const from = by === 'client' ? this.#client : this.#server;
    const thrown = by === 'client' ? sendException(life.readyStateAt(from)) : null;
    if (thrown === null) {
      const message = this.#recorder.sent(
        {
          ...{ from: from.index, number: this.#counts[by], wantedAt: this.#simulation.now },
          ...{ payloadBytes: bytes, replyTo: -1, key: -1, readers: [] },
        },
        true,
      );
      this.#counts[by] += 1;
      this.#said.push(message);
      const place = this.#counts[by];
      life.send(from, bytes, { part: 'message', message, place, fromStorage: false });
    } else this.#said.push('.'.repeat(bytes));
    return by === 'client' ? this.#deed(life, thrown) : null;
  }

  #close(life: WebSocketLife, step: Extract<Step, { do: 'close' }>): Deed | null {
    const { by, code, reason } = step;
    if (by === 'server') {
      life.close(this.#server, code, reason);
      return null;
    }
    const thrown = closeException(code, encodeUtf8(reason).length);
    if (thrown === null) life.close(this.#client, code, reason);
    return this.#deed(life, thrown);
  }

  #deed(life: WebSocketLife, thrown: string | null): Deed {
    return { thrown, readyState: READY_STATES.indexOf(life.readyStateAt(this.#client)) };
  }

  #note(at: number, deed: Deed | null): void {
    const newest = this.#lives.at(-1);
    const accepted = this.#lives.filter(({ isAccepted }) => isAccepted);
    const state = newest?.life.readyStateAt(this.#client) ?? 'connecting';
    const readyState = READY_STATES.indexOf(state);
    this.#moments.push({
      ...{ at, until: this.#simulation.now, deed, readyState },
      counts: {
        client: newest?.client.length ?? 0,
        accepted: accepted.length,
        server: accepted.at(-1)?.server.length ?? 0,
      },
      bufferedAmount: readyState < 2 ? null : (newest?.life.bufferedAmountAt(this.#client) ?? 0),
    });
  }
}
