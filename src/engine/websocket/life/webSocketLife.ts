// One WebSocket connection from its first SYN to the last FIN or reset, with a readyState at each
// end; single-use, as a WebSocket object is: whoever comes back makes another.

import { microseconds, seconds } from '../../kernel/simTime';
import type { Environment, NetworkNode } from '../../network/node';
import type { TcpConnectionOptions } from '../../network/tcpConnection';
import { type StreamListener, type StreamLoss, TcpStream } from '../../network/tcpStream';
import { NO_MESSAGES, type Transfer } from '../../network/transfer';
import { EntryKind, type LossCause, type TransferType } from '../../trace/entryKinds';
import type { TextMessage } from '../connection';
import type { SocketScene, SocketSettings } from '../socketScene';
import { NO_STATUS } from '../wire/closeCodes';
import { deflatedBytes } from '../wire/deflateSize';
import { frameHeaderBytes } from '../wire/frame';
import type { HandshakeOutcome } from '../wire/handshake/openingHandshake';
import { encodeUtf8 } from '../wire/utf8';
import { Heartbeat } from './heartbeat';
import { type CloseReport, LifeEnd, type ReadyState } from './lifeEnd';
import type { SocketBody } from './socketBody';

/** What all connections of a stage have in common. */
export interface LifeSetup {
  readonly scene: SocketScene;
  readonly settings: SocketSettings;
  readonly handshake: HandshakeOutcome;
}

/** Whoever looks after it. */
export interface LifeListener {
  /** The server's end is about to open. */
  accepting(life: WebSocketLife): void;
  /** This end may send from now on. */
  opened(life: WebSocketLife, at: NetworkNode): void;
  /** Whether the program at this end takes what has come. */
  isReading(at: NetworkNode): boolean;
  received(life: WebSocketLife, transfer: Transfer<SocketBody>): void;
  closedAt(life: WebSocketLife, at: NetworkNode, report: CloseReport): void;
  lost(life: WebSocketLife, losses: readonly StreamLoss<SocketBody>[]): void;
}

/** Bytes of a ping's payload: its number in four digits, so that the pong can be told from others. */
const PING_PAYLOAD_BYTES = 4;
/** Bytes of an application's own word about what it has seen or can send again. */
const RESUME_PAYLOAD_BYTES = 16;
const CLOSE_CODE_BYTES = 2;
/** Bytes of a frame that no end may send. */
const BAD_PAYLOAD_BYTES = 4;
/** How long an end waits for the other one to close (ws: `closeTimeout`). */
const CLOSE_TIMEOUT = seconds(30);
/** The server cannot take more now (RFC 6455's registry); 1008 would blame the reader. */
const TRY_AGAIN_LATER = 1013;

export class WebSocketLife implements StreamListener<SocketBody> {
  /** The client closed it of itself, or was refused: it will not come back. */
  isForGood = false;
  readonly stream: TcpStream<SocketBody>;
  readonly #environment: Environment;
  readonly #route: TcpConnectionOptions;
  readonly #setup: LifeSetup;
  readonly #listener: LifeListener;
  readonly #client: LifeEnd;
  readonly #server: LifeEnd;

  constructor(
    environment: Environment,
    route: TcpConnectionOptions,
    { setup, listener }: { readonly setup: LifeSetup; readonly listener: LifeListener },
  ) {
    this.#environment = environment;
    this.#route = route;
    this.#setup = setup;
    this.#listener = listener;
    this.#client = new LifeEnd(route.client, true);
    this.#server = new LifeEnd(route.server, false);
    this.stream = new TcpStream(environment, route, { limits: setup.scene, listener: this });
  }

  readyStateAt(node: NetworkNode): ReadyState {
    return this.#end(node).readyState;
  }

  /**
   * `bufferedAmount`: payload bytes that this end's kernel has not taken. What was sent too late is
   * discarded and still counts, for ever (WHATWG WebSockets, send()).
   */
  bufferedAmountAt(node: NetworkNode): number {
    return this.stream.bufferedAt(node) + this.#end(node).discardedBytes;
  }

  isOpenAt(node: NetworkNode): boolean {
    return this.#end(node).readyState === 'open';
  }

  dial(): void {
    this.stream.dial();
  }

  /** Sends one text message in one frame, or does what the policy says about a full buffer. */
  send(from: NetworkNode, payloadBytes: number, body: TextMessage): void {
    const end = this.#end(from);
    const { settings, handshake } = this.#setup;
    if (end.readyState !== 'open') {
      if (end.readyState !== 'connecting') end.discardedBytes += payloadBytes;
      this.#lose(
        from,
        body,
        end.readyState === 'connecting' ? 'not connected' : 'sent after close',
      );
      return;
    }
    if (this.stream.bufferedAt(from) > settings.bufferLimit && settings.sendPolicy !== 'buffer') {
      if (settings.sendPolicy === 'close') this.close(from, TRY_AGAIN_LATER);
      this.#lose(from, body, 'dropped by the sender');
      return;
    }
    const travelling = handshake.isDeflateAgreed ? deflatedBytes(payloadBytes) : payloadBytes;
    const leaves = this.stream.send(from, {
      type: 'message',
      bytes: travelling + frameHeaderBytes(travelling, end.isClient),
      payloadBytes,
      messages: [body.message],
      body,
    });
    if (leaves) return;
    this.#environment.recorder.entry(EntryKind.Queued, {
      node: this.#other(end).node.index,
      place: this.#route.index,
      message: body.message,
      value: 1,
    });
  }

  sendLastSeen(from: NetworkNode, seen: number): void {
    if (!this.isOpenAt(from)) return;
    this.#frame(from, 'lastSeen', RESUME_PAYLOAD_BYTES, { part: 'lastSeen', seen });
  }

  sendResume(from: NetworkNode, body: SocketBody & { readonly part: 'resume' }): void {
    if (this.isOpenAt(from)) this.#frame(from, 'resume', RESUME_PAYLOAD_BYTES, body);
  }

  /** Sends what the protocol forbids. */
  violate(from: NetworkNode, code: number): void {
    if (!this.isOpenAt(from)) return;
    this.#frame(from, 'badFrame', BAD_PAYLOAD_BYTES, { part: 'badFrame', code });
  }

  /**
   * Begins the closing handshake (RFC 6455 §7.1.2): what was queued before still goes, nothing
   * after it; without a code the other end reports 1005.
   */
  close(from: NetworkNode, code: number | null, reason = ''): void {
    const end = this.#end(from);
    if (end.isClient) this.isForGood = true;
    if (end.readyState === 'connecting') this.#giveUpDialling(end);
    else if (end.readyState === 'open') this.#sendClose(end, code, reason);
  }

  /** This end gives the connection up without a word: 1006, and the other end hears no close. */
  terminate(from: NetworkNode): void {
    const end = this.#end(from);
    this.stream.letGo(from);
    this.#over(end);
  }

  /** The path of one end goes away, and both ends know it at once. */
  abort(): void {
    this.stream.abort();
  }

  settingsChanged(): void {
    this.#client.heartbeat?.settingsChanged();
    this.#server.heartbeat?.settingsChanged();
  }

  established(): void {
    const bytes = this.#setup.handshake.requestBytes;
    this.#put(this.#client, { type: 'handshake', bytes, body: { part: 'request' } });
  }

  isReading(at: NetworkNode): boolean {
    return this.#listener.isReading(at);
  }

  read(transfer: Transfer<SocketBody>): void {
    const end = this.#end(transfer.route.to);
    const { body } = transfer.parcel;
    if (body.part === 'request') this.#asked(end);
    else if (body.part === 'response') this.#accepted(end);
    else if (body.part === 'refusal') this.#refused(end, body.status);
    // Whoever has failed a connection reads no further (RFC 6455 §7.1.7).
    else if (end.hasFailed) this.#lose(transfer.route.from, body, 'reader was closing');
    else if (body.part === 'close') this.#peerCloses(end, body);
    else if (body.part === 'ping') this.#answer(end, body.number);
    else if (body.part === 'pong') end.heartbeat?.pong(body.number);
    else if (body.part === 'badFrame') this.#fail(end, body.code);
    // A browser's page gets nothing more once it has asked to close; ws hands it over (WHATWG).
    else if (end.isClient && end.readyState === 'closing') {
      this.#lose(transfer.route.from, body, 'reader was closing');
    } else this.#listener.received(this, transfer);
  }

  peerFinished(at: NetworkNode): void {
    this.stream.finish(at);
  }

  ended(at: NetworkNode): void {
    this.#over(this.#end(at));
  }

  reset(at: NetworkNode): void {
    this.#over(this.#end(at));
  }

  lost(losses: readonly StreamLoss<SocketBody>[]): void {
    this.#listener.lost(this, losses);
  }

  buffered(at: NetworkNode): void {
    const end = this.#end(at);
    const value = this.stream.bufferedAt(at);
    if (value === end.notedBytes) return;
    end.notedBytes = value;
    const entry = { node: at.index, place: this.#route.index, value };
    this.#environment.recorder.entry(EntryKind.Buffered, entry);
  }

  #asked(server: LifeEnd): void {
    const { status, responseBytes: bytes } = this.#setup.handshake;
    if (status !== 101) {
      this.#put(server, { type: 'handshake', bytes, body: { part: 'refusal', status } });
      this.stream.finish(server.node);
      return;
    }
    this.#listener.accepting(this);
    this.#put(server, { type: 'handshake', bytes, body: { part: 'response' } });
    this.#note(EntryKind.Accepted, server);
    this.#open(server);
  }

  #accepted(client: LifeEnd): void {
    if (!this.#setup.handshake.opens) {
      this.#refused(client, this.#setup.handshake.status);
      return;
    }
    this.#note(EntryKind.Opened, client, 1);
    this.#open(client);
  }

  /** The client fails the connection; to its application all refusals look the same. */
  #refused(client: LifeEnd, status: number): void {
    this.isForGood = true;
    this.#note(EntryKind.UpgradeRefused, client, status);
    this.stream.finish(client.node);
    this.#over(client);
  }

  #open(end: LifeEnd): void {
    end.readyState = 'open';
    const { scene, settings } = this.#setup;
    if (scene.heartbeatOf === 'both' || !end.isClient) {
      end.heartbeat = new Heartbeat(this.#environment.context, settings, {
        ping: (number) => this.#ping(end, number),
        pongMissed: () => this.#pongMissed(end),
      });
      end.heartbeat.start();
    }
    this.#listener.opened(this, end.node);
  }

  /** A process that stands still pings nobody. */
  #ping({ node }: LifeEnd, number: number): boolean {
    if (node.stalled) return false;
    this.#frame(node, 'ping', PING_PAYLOAD_BYTES, { part: 'ping', number });
    return true;
  }

  #answer(end: LifeEnd, number: number): void {
    if (end.hasSentClose) return;
    this.#frame(end.node, 'pong', PING_PAYLOAD_BYTES, { part: 'pong', number });
  }

  #pongMissed(end: LifeEnd): void {
    if (end.node.stalled) return;
    this.#note(EntryKind.PongMissed, end);
    this.terminate(end.node);
  }

  /** Closing at once, and closed when its application hears of it (WHATWG WebSockets, close()). */
  #giveUpDialling(end: LifeEnd): void {
    end.readyState = 'closing';
    this.stream.letGo(end.node);
    this.#environment.context.after(microseconds(0), () => this.#over(end), undefined);
  }

  #sendClose(end: LifeEnd, code: number | null, reason = ''): void {
    end.readyState = 'closing';
    end.hasSentClose = true;
    end.heartbeat?.stop();
    this.#note(EntryKind.Closing, end, code ?? NO_STATUS);
    const bytes = code === null ? 0 : CLOSE_CODE_BYTES + encodeUtf8(reason).length;
    this.#frame(end.node, 'close', bytes, { part: 'close', code, reason });
    const { context } = this.#environment;
    end.patience = context.after(CLOSE_TIMEOUT, () => this.terminate(end.node), undefined);
  }

  /** Echoes, unless it has begun itself; then the server closes TCP first (RFC 6455 §7.1.1). */
  #peerCloses(end: LifeEnd, { code, reason }: SocketBody & { readonly part: 'close' }): void {
    end.peerCode = code ?? NO_STATUS;
    end.peerReason = reason;
    if (!end.hasSentClose) this.#sendClose(end, code, reason);
    if (!end.isClient) this.stream.finish(end.node);
  }

  /** Fails the connection: says why, and waits for nothing (RFC 6455 §7.1.7). */
  #fail(end: LifeEnd, code: number): void {
    end.hasFailed = true;
    if (!end.hasSentClose) this.#sendClose(end, code);
    this.stream.finish(end.node);
  }

  #over(end: LifeEnd): void {
    if (end.readyState === 'closed') return;
    const wasOpen = end.readyState !== 'connecting';
    end.readyState = 'closed';
    end.heartbeat?.stop();
    if (end.patience !== null) this.#environment.context.cancel(end.patience);
    // A server that never accepted has no application to tell.
    if (!wasOpen && !end.isClient) return;
    const { report } = end;
    this.#environment.recorder.entry(EntryKind.Closed, {
      node: end.node.index,
      place: this.#route.index,
      value: report.code,
      detail: (report.wasClean ? 1 : 0) + (wasOpen ? 0 : 2),
    });
    this.#listener.closedAt(this, end.node, report);
  }

  #lose(from: NetworkNode, body: SocketBody, cause: LossCause): void {
    this.#listener.lost(this, [{ from, body, cause }]);
  }

  #frame(from: NetworkNode, type: TransferType, payloadBytes: number, body: SocketBody): void {
    const end = this.#end(from);
    const bytes = payloadBytes + frameHeaderBytes(payloadBytes, end.isClient);
    this.#put(end, { type, bytes, body });
  }

  #put(
    end: LifeEnd,
    parcel: { readonly type: TransferType; readonly bytes: number; readonly body: SocketBody },
  ): void {
    this.stream.send(end.node, { ...parcel, payloadBytes: 0, messages: NO_MESSAGES });
  }

  #note(kind: EntryKind, { node }: LifeEnd, value = 0): void {
    this.#environment.recorder.entry(kind, { node: node.index, place: this.#route.index, value });
  }

  #end(node: NetworkNode): LifeEnd {
    return node === this.#client.node ? this.#client : this.#server;
  }

  #other(end: LifeEnd): LifeEnd {
    return end.isClient ? this.#server : this.#client;
  }
}
