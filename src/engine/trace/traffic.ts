// What moves: overlap by wire, connection and person, bytes by purpose, and the transfers on the
// line.

import { EntryKind, transferTypeCode } from './entryKinds';
import { OverlapMeter, wayOf } from './series/overlap';
import { StepSeries } from './series/stepSeries';
import type { EntrySeq, NodeIndex, StageId, Trace } from './trace';

/** What is measured of one stage's traffic. */
export interface StageTraffic {
  readonly wire: OverlapMeter;
  readonly connection: OverlapMeter;
  readonly participant: OverlapMeter;
  /** Column 0: overhead of message transfers; 1: bytes of control traffic. */
  readonly bytes: StepSeries;
}

const OVERHEAD = 0;
const CONTROL = 1;

/** Reads the transfers of a trace, entry by entry. */
export class TrafficBuilder {
  readonly #trace: Trace;
  readonly #stages = new Map<StageId, StageTraffic>();
  readonly #trafficOfNode: readonly StageTraffic[];
  readonly #isParticipant: readonly boolean[];
  readonly #clientOf: readonly NodeIndex[];

  constructor(trace: Trace) {
    const { nodes, connections, stages } = trace.legend;
    const { count } = trace.entries;
    this.#trace = trace;
    for (const stage of stages) {
      this.#stages.set(stage, {
        wire: new OverlapMeter(connections.length, count),
        connection: new OverlapMeter(connections.length, count),
        participant: new OverlapMeter(nodes.length, count),
        bytes: new StepSeries(2, count),
      });
    }
    this.#trafficOfNode = nodes.map((node) => this.#stages.get(node.stage) as StageTraffic);
    this.#isParticipant = nodes.map((node) => node.role === 'participant');
    this.#clientOf = connections.map(({ client }) => client);
  }

  read(seq: EntrySeq): void {
    const { entries } = this.#trace;
    const kind = entries.kind[seq];
    if (kind === EntryKind.TransferStarted) this.#moves(seq, 1);
    else if (kind === EntryKind.TransferArrived || kind === EntryKind.TransferDropped) {
      this.#moves(seq, -1);
    }
  }

  stage(id: StageId): StageTraffic {
    const { wire, connection, participant, bytes } = this.#stages.get(id) as StageTraffic;
    return {
      wire: wire.seal(),
      connection: connection.seal(),
      participant: participant.seal(),
      bytes: bytes.seal(),
    };
  }

  #moves(seq: EntrySeq, change: 1 | -1): void {
    const { entries, transfers } = this.#trace;
    const transfer = entries.transfer[seq] as number;
    const time = entries.time[seq] as number;
    const from = transfers.from[transfer] as number;
    const to = transfers.to[transfer] as number;
    const connection = transfers.connection[transfer] as number;
    const way = wayOf(connection, this.#clientOf[connection] === from ? 0 : 1);
    const traffic = this.#trafficOfNode[from] as StageTraffic;
    const carries = (transfers.carriedCount[transfer] as number) > 0;
    if (transfers.type[transfer] !== TCP) traffic.wire.change(way, change, seq, time);
    if (carries) {
      const { participant } = traffic;
      traffic.connection.change(way, change, seq, time);
      if (this.#isParticipant[from]) participant.change(wayOf(from, 0), change, seq, time);
      if (this.#isParticipant[to]) participant.change(wayOf(to, 1), change, seq, time);
    }
    if (change === -1) return;
    const bytes = transfers.bytes[transfer] as number;
    const payload = transfers.payloadBytes[transfer] as number;
    traffic.bytes.at(seq, time);
    traffic.bytes.add(carries ? OVERHEAD : CONTROL, carries ? bytes - payload : bytes);
  }
}

const TCP = transferTypeCode('tcp');
