// One TCP connection whose two ends live and die apart: opened once, each way closed by itself,
// reset by one end, half open after a cut. Says nothing of what dials it again.

import { instant, milliseconds, type SimTime } from '../kernel/simTime';
import { type DropReason, EntryKind, type LossCause } from '../trace/entryKinds';
import type { Link } from './link';
import type { Environment, NetworkNode } from './node';
import { Segment, type SegmentReceiver } from './segment';
import { type SendLimits, SendQueue } from './sendQueue';
import type { TcpConnectionOptions } from './tcpConnection';
import { NO_MESSAGES, type Parcel, routeFrom, type Transfer, type TransferRoute } from './transfer';

/** What never came to the other program, and where it was when that was settled. */
export interface StreamLoss<Body> {
  readonly from: NetworkNode;
  readonly body: Body;
  readonly cause: LossCause;
}

/** The protocol on top, at both ends. */
export interface StreamListener<Body> {
  /** The client may send. */
  established(): void;
  /** Whether the program at this end takes what has come. */
  isReading(at: NetworkNode): boolean;
  /** The program at this end reads what has come. */
  read(transfer: Transfer<Body>): void;
  /** The other end has sent its last byte, and the program has read it. */
  peerFinished(at: NetworkNode): void;
  /** Both ways are closed, as this end sees it. */
  ended(at: NetworkNode): void;
  /** The other end, or whoever is in its place, knows nothing of this connection. */
  reset(at: NetworkNode): void;
  lost(losses: readonly StreamLoss<Body>[]): void;
  /** What waits at this end has become more or less. */
  buffered(at: NetworkNode): void;
}

/** Segments of the protocol itself carry no bytes above TCP; each is told by its identity. */
const control = (): Parcel<unknown> => ({
  type: 'tcp',
  bytes: 0,
  payloadBytes: 0,
  messages: NO_MESSAGES,
  body: null,
});
const SYN = control();
const FIN = control();
const RST = control();
/** Lowest retransmission timeout of common TCP stacks; RFC 6298 §2.4 asks for a second. */
const RETRANSMISSION_TIMEOUT = milliseconds(200);
const LONG_AGO = instant(-1e12);

class StreamEnd<Body> {
  readonly node: NetworkNode;
  readonly route: TransferRoute;
  readonly queue: SendQueue<Body>;
  /**
   * Orphan: its program has let go, and its kernel sends what it still has. Over: this end's kernel
   * knows nothing of the connection any more.
   */
  state: 'closed' | 'open' | 'orphan' | 'over' = 'closed';
  /** Whether it has heard from the other end. */
  isSynchronised = false;
  /** What has left this end and not come to the other one, oldest first. */
  inFlight: Segment<Body>[] = [];
  /** What has come, and its program has not read. */
  unread: Segment<Body>[] = [];
  lastArrival: SimTime = LONG_AGO;
  /** FIN was given to it, and has left it. */
  isFinishing = false;
  hasFinished = false;
  peerHasFinished = false;

  constructor(node: NetworkNode, route: TransferRoute, limits: SendLimits) {
    this.node = node;
    this.route = route;
    this.queue = new SendQueue(limits);
  }
}

/** What an end learns of its own bytes, one way after it happened. */
interface Notice<Body> {
  readonly end: StreamEnd<Body>;
  readonly bytes: number;
  readonly kind: 'acknowledged' | 'read';
}

export class TcpStream<Body> implements SegmentReceiver<Body> {
  readonly link: Link;
  readonly #environment: Environment;
  readonly #listener: StreamListener<Body>;
  readonly #client: StreamEnd<Body>;
  readonly #server: StreamEnd<Body>;
  readonly #index: number;
  /** Notices that a cut holds up. */
  #held: Notice<Body>[] = [];

  constructor(
    environment: Environment,
    { index, link, client, server }: TcpConnectionOptions,
    { limits, listener }: { readonly limits: SendLimits; readonly listener: StreamListener<Body> },
  ) {
    this.#environment = environment;
    this.#listener = listener;
    this.#index = index;
    this.link = link;
    this.#client = new StreamEnd(client, routeFrom(index, link, client), limits);
    this.#server = new StreamEnd(server, routeFrom(index, link, server), limits);
  }

  /** Whether neither end knows of it any more, and nothing of it is on the line. */
  get isOver(): boolean {
    return this.#ends().every(({ state, inFlight }) => state === 'over' && inFlight.length === 0);
  }

  /** Whether this end's kernel still holds the connection. */
  isAliveAt(node: NetworkNode): boolean {
    return this.#end(node).state === 'open';
  }

  bufferedAt(node: NetworkNode): number {
    return this.#end(node).queue.bufferedBytes;
  }

  dial(): void {
    const client = this.#client;
    client.state = 'open';
    this.#environment.recorder.entry(EntryKind.Connecting, {
      node: client.node.index,
      place: this.#index,
    });
    this.#depart(client, SYN as Parcel<Body>);
  }

  /** Gives a parcel to an end that is alive; false: it has to wait there. */
  send(from: NetworkNode, parcel: Parcel<Body>): boolean {
    const end = this.#end(from);
    end.queue.add(parcel);
    this.#push(end);
    return end.queue.isEmpty && end.inFlight.at(-1)?.state !== 'waiting';
  }

  /** This end has nothing more to send; what it was given before still goes. */
  finish(from: NetworkNode): void {
    const end = this.#end(from);
    if (end.isFinishing || end.state !== 'open') return;
    end.isFinishing = true;
    this.send(from, FIN as Parcel<Body>);
  }

  /**
   * The program at this end lets go of the connection or dies: as after `close(2)`, what its kernel
   * has taken still goes, and a FIN behind it. With bytes unread, or before there is a connection,
   * it is a reset instead (RFC 2525 §2.17).
   */
  letGo(from: NetworkNode): void {
    const end = this.#end(from);
    if (end.state !== 'open') return;
    if (!end.isSynchronised || end.unread.length > 0) {
      this.#reset(end);
      return;
    }
    this.#lose(end.queue.clearProgram().map(({ body }) => ({ from, body, cause: BUFFERED })));
    this.finish(from);
    end.state = 'orphan';
    this.#maybeEnd(end);
  }

  /** This end forgets the connection, and tells the other one if the line carries it. */
  #reset(end: StreamEnd<Body>): void {
    this.#forget(end, ({ state }) => state !== 'moving');
    this.#sendReset(end);
  }

  // Simplified: A path that goes away takes its connections with it at both ends at once; nobody
  // would notice before a heartbeat.
  /** Both ends lose the connection at once. */
  abort(): void {
    const everything = () => true;
    const alive = this.#ends().filter(({ state }) => state === 'open');
    for (const end of this.#ends()) this.#forget(end, everything);
    for (const { node } of alive) this.#listener.reset(node);
  }

  /** The program at this end reads again. */
  readOn(at: NetworkNode): void {
    const end = this.#end(at);
    while (end.unread.length > 0 && end.state === 'open' && this.#listener.isReading(at)) {
      this.#hand(end, end.unread.shift() as Segment<Body>);
    }
  }

  linkCut(): void {
    for (const { inFlight } of this.#ends()) for (const segment of inFlight) segment.stall();
  }

  linkRestored(): void {
    const { context } = this.#environment;
    const arrival = instant(context.now + this.link.options.latency);
    for (const end of this.#ends()) {
      end.lastArrival = arrival;
      for (const segment of end.inFlight) segment.resume(arrival);
    }
    const held = this.#held;
    this.#held = [];
    for (const notice of held) this.#notify(notice);
  }

  refusalOf(segment: Segment<Body>): DropReason | null {
    const { parcel, route } = segment;
    const end = this.#end(route.to);
    if (parcel === SYN && end === this.#server) {
      return route.to.isReachable ? null : 'node is down';
    }
    // A kernel without a program takes no data.
    const isTaken = end.state === 'open' || (end.state === 'orphan' && parcel.body === null);
    return isTaken ? null : dropReasonOf(segment);
  }

  /** Whoever is there answers bytes of a connection that it does not know with a reset. */
  turnedAway(segment: Segment<Body>): void {
    const { parcel, route } = segment;
    this.#landed(segment);
    if (parcel === RST) return;
    this.#lose([this.#lossOf(segment)]);
    const to = this.#end(route.to);
    if (to.state === 'orphan') this.#forget(to, ({ state }) => state !== 'moving');
    const from = this.#end(route.from).state;
    if (from === 'open' || from === 'orphan') this.#sendReset(to);
  }

  transferArrived(transfer: Transfer<Body>): void {
    const segment = transfer as Segment<Body>;
    this.#landed(segment);
    const { parcel, route } = segment;
    const end = this.#end(route.to);
    if (parcel === SYN) this.#synchronised(end);
    else if (parcel === RST) this.#wasReset(end);
    else {
      this.#tell(this.#end(route.from), parcel.bytes, 'acknowledged');
      if (end.state === 'orphan') this.#hand(end, segment);
      else end.unread.push(segment);
      this.readOn(route.to);
    }
  }

  #synchronised(end: StreamEnd<Body>): void {
    end.state = 'open';
    end.isSynchronised = true;
    if (end === this.#client) this.#listener.established();
    else this.#depart(end, SYN as Parcel<Body>);
  }

  // Simplified: A reset throws away what has come and was not read; some systems let the program
  // read
  // it first.
  #wasReset(end: StreamEnd<Body>): void {
    this.#forget(end, () => true);
    this.#listener.reset(end.node);
  }

  #hand(end: StreamEnd<Body>, segment: Segment<Body>): void {
    const { parcel, route } = segment;
    if (parcel === FIN) {
      end.peerHasFinished = true;
      if (end.state === 'open') this.#listener.peerFinished(end.node);
      this.#maybeEnd(end);
      return;
    }
    this.#tell(this.#end(route.from), parcel.bytes, 'read');
    this.#listener.read(segment);
  }

  /** Sends whatever may leave now. */
  #push(end: StreamEnd<Body>): void {
    for (let parcel = end.queue.next(); parcel !== undefined; parcel = end.queue.next()) {
      this.#depart(end, parcel);
      if (parcel !== FIN) continue;
      end.hasFinished = true;
      this.#maybeEnd(end);
    }
    this.#listener.buffered(end.node);
  }

  #maybeEnd(end: StreamEnd<Body>): void {
    if (!end.hasFinished || !end.peerHasFinished) return;
    const wasOpen = end.state === 'open';
    end.state = 'over';
    if (wasOpen) this.#listener.ended(end.node);
  }

  /** Everything at this end goes, and of what it has on the line whatever `isGone` says. */
  #forget(end: StreamEnd<Body>, isGone: (segment: Segment<Body>) => boolean): void {
    end.state = 'over';
    const { node } = end;
    const gone = end.inFlight.filter(isGone);
    end.inFlight = end.inFlight.filter((segment) => !isGone(segment));
    const losses = gone.map((segment) => this.#lossOf(segment));
    for (const segment of gone) segment.drop(dropReasonOf(segment));
    const { kernel, program } = end.queue.clear();
    const unread = end.unread.splice(0);
    this.#lose([
      ...losses,
      ...kernel.map(({ body }) => ({ from: node, body, cause: IN_KERNEL })),
      ...program.map(({ body }) => ({ from: node, body, cause: BUFFERED })),
      ...unread.map(({ parcel, route }) => ({
        from: route.from,
        body: parcel.body,
        cause: UNREAD,
      })),
    ]);
    if (kernel.length + program.length > 0) this.#listener.buffered(node);
  }

  #lossOf({ parcel, route, state, leftIntoCut }: Segment<Body>): StreamLoss<Body> {
    const onTheLine = leftIntoCut ? INTO_CUT : ON_THE_WAY;
    const cause = state === 'waiting' ? IN_KERNEL : onTheLine;
    return { from: route.from, body: parcel.body, cause };
  }

  #lose(losses: readonly StreamLoss<Body>[]): void {
    const real = losses.filter(({ body }) => body !== null);
    if (real.length > 0) this.#listener.lost(real);
  }

  /** A reset is sent once; nothing sends it again if the line does not carry it. */
  #sendReset(end: StreamEnd<Body>): void {
    const segment = this.#depart(end, RST as Parcel<Body>);
    if (!this.link.cut) return;
    end.inFlight.pop();
    segment.drop('link is cut');
  }

  #depart(end: StreamEnd<Body>, parcel: Parcel<Body>): Segment<Body> {
    const segment = new Segment<Body>(this.#environment, end.route, { parcel, receiver: this });
    end.inFlight.push(segment);
    segment.depart(this.#earliest(end));
    end.lastArrival = segment.arrival;
    return segment;
  }

  #earliest({ lastArrival }: StreamEnd<Body>): SimTime {
    const { link } = this;
    if (!link.losesNext()) return lastArrival;
    const again = this.#environment.context.now + RETRANSMISSION_TIMEOUT + link.options.latency;
    return instant(Math.max(lastArrival, again));
  }

  /** What lands is always the oldest of its way. */
  #landed({ route }: Segment<Body>): void {
    this.#end(route.from).inFlight.shift();
  }

  // Simplified: A sender hears of each frame that it has come, and that it was read, one way later;
  // TCP says so for several at once, and asks anew when it hears nothing.
  #tell(end: StreamEnd<Body>, bytes: number, kind: Notice<Body>['kind']): void {
    if (end.queue.isUnlimited || end.state === 'over') return;
    this.#notify({ end, bytes, kind });
  }

  #notify(notice: Notice<Body>): void {
    this.#environment.context.after(this.link.options.latency, this.#noticed, notice);
  }

  readonly #noticed = (notice: Notice<Body>): void => {
    if (this.link.cut) {
      this.#held.push(notice);
      return;
    }
    const { end, bytes, kind } = notice;
    if (end.state === 'over') return;
    end.queue[kind](bytes);
    this.#push(end);
  };

  #ends(): readonly [StreamEnd<Body>, StreamEnd<Body>] {
    return [this.#client, this.#server];
  }

  #end(node: NetworkNode): StreamEnd<Body> {
    return node === this.#client.node ? this.#client : this.#server;
  }
}

const dropReasonOf = ({ leftIntoCut }: Segment<unknown>): DropReason =>
  leftIntoCut ? 'sent into the cut' : 'connection closed';

const ON_THE_WAY: LossCause = 'cut on the way';
const INTO_CUT: LossCause = 'sent into the cut';
const IN_KERNEL: LossCause = 'in the kernel when it died';
const BUFFERED: LossCause = 'buffered when it died';
const UNREAD: LossCause = 'unread when it died';
