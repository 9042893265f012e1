// A hand-made run of a cluster of any shape, recorded as the engine would: records are written and
// copied, a broker crashes and comes back, a member stalls and loses its partition.

import {
  EntryKind,
  electionDetail,
  type Legend,
  milliseconds,
  type SimTime,
  type Trace,
  TraceRecorder,
} from '../../../engine/index';
import { type ClusterShape, clusterLegend } from './clusterLegend';

/** What happens when, in milliseconds. */
export const STORY = {
  crash: 200,
  fenced: 209,
  elected: 220,
  stalled: 240,
  rebalance: 260,
  dealt: 275,
  restart: 320,
  inSync: 350,
  horizon: 400,
} as const;
const EVERY = 3;
/** The broker that fails: the second, which leads the second partition. */
const FAILING = 1;

const at = (ms: number): SimTime => milliseconds(ms) as unknown as SimTime;

/** The run of one shape; a function of the shape alone. */
export function clusterTrace(shape: ClusterShape): Trace {
  return new Story(clusterLegend(shape)).run();
}

interface Act {
  readonly ms: number;
  readonly act: () => void;
}

class Story {
  readonly #legend: Legend;
  readonly #clock = { now: at(0), cause: -1, progress: 0, seed: 0 };
  readonly #recorder = new TraceRecorder(this.#clock);
  readonly #pending: Act[] = [];
  readonly #ends: number[];
  readonly #leaders: number[];
  readonly #sender: number;
  readonly #connection: number;
  #isUp = true;
  #sent = 0;

  constructor(legend: Legend) {
    this.#legend = legend;
    this.#ends = legend.partitions.map(() => 0);
    this.#leaders = legend.partitions.map(({ replicas }) => replicas[0] ?? -1);
    this.#sender = legend.nodes.findIndex(({ id }) => id === 'A');
    this.#connection = legend.connections.findIndex(({ purpose }) => purpose === 'producer');
  }

  run(): Trace {
    this.#groupsForm();
    for (let ms = 10; ms < STORY.horizon - 20; ms += EVERY) {
      const place = ((ms - 10) / EVERY) % this.#legend.partitions.length;
      this.#at(ms, () => this.#send(ms, place));
    }
    if (this.#legend.nodes[FAILING]?.role === 'broker') this.#brokerFails();
    this.#memberStalls();
    while (this.#pending.length > 0) {
      const next = this.#pending.reduce((one, other) => (other.ms < one.ms ? other : one));
      this.#pending.splice(this.#pending.indexOf(next), 1);
      if (next.ms > STORY.horizon) continue;
      this.#clock.now = at(next.ms);
      this.#clock.cause = -1;
      next.act();
    }
    return this.#recorder.finish(this.#legend, at(0), at(STORY.horizon));
  }

  #at(ms: number, act: () => void): void {
    this.#pending.push({ ms, act });
  }

  #entry(kind: EntryKind, fields: Parameters<TraceRecorder['entry']>[1]): void {
    this.#recorder.entry(kind, fields);
  }

  #groups(): { readonly group: number; readonly members: number[] }[] {
    const { nodes } = this.#legend;
    return nodes.flatMap(({ role }, group) => {
      const members = nodes.flatMap((node, member) => (node.group === group ? [member] : []));
      return role === 'group' ? [{ group, members }] : [];
    });
  }

  #groupsForm(): void {
    for (const { group, members } of this.#groups()) {
      this.#at(1, () => {
        for (const node of members) {
          this.#entry(EntryKind.MemberJoined, { node, place: group, value: 1 });
        }
        this.#entry(EntryKind.RebalanceStarted, { node: group, place: group, value: 1 });
      });
      this.#at(6, () => this.#deal(group, members, 1));
    }
  }

  /** Partition by partition, round the members. */
  #deal(group: number, members: readonly number[], generation: number): void {
    this.#entry(EntryKind.RebalanceEnded, { node: group, place: group, value: generation });
    this.#legend.partitions.forEach((_, place) => {
      const owner = members[place % members.length] ?? -1;
      const fields = { place, detail: generation };
      this.#entry(EntryKind.OwnerSet, { ...fields, node: group, value: owner });
      const value = Math.max(0, (this.#ends[place] ?? 0) - 3);
      this.#entry(EntryKind.Assigned, { place, node: owner, value });
    });
  }

  #send(ms: number, place: number): void {
    const leader = this.#leaders[place] ?? -1;
    const fields = { from: this.#sender, number: this.#sent, wantedAt: this.#clock.now };
    const readers = this.#legend.partitions[place]?.readers ?? [];
    const message = this.#recorder.sent(
      { ...fields, payloadBytes: 64, replyTo: -1, key: -1, readers },
      false,
    );
    this.#sent += 1;
    if (leader < 0) return;
    const server = this.#connection + leader;
    const way = { connection: server, from: { index: this.#sender }, to: { index: leader } };
    const load = { type: 'produce' as const, bytes: 120, payloadBytes: 64, messages: [message] };
    const transfer = this.#recorder.transferStarted(way, load, at(ms + 10));
    this.#at(ms + 10, () => {
      this.#recorder.transferArrived(transfer);
      if (this.#leads(leader, place)) this.#append(ms + 10, { place, message, leader });
    });
  }

  #leads(broker: number, place: number): boolean {
    return this.#leaders[place] === broker && (broker !== FAILING || this.#isUp);
  }

  #append(ms: number, record: { place: number; message: number; leader: number }): void {
    const { place, message, leader } = record;
    const offset = this.#ends[place] ?? 0;
    this.#entry(EntryKind.Appended, { node: leader, place, message, value: offset });
    this.#ends[place] = offset + 1;
    this.#at(ms + 1.5, () => this.#copy(place));
    this.#at(ms + 3, () => {
      if (!this.#leads(leader, place)) return;
      this.#entry(EntryKind.WatermarkMoved, { node: leader, place, value: offset + 1 });
    });
    // The readers of every third partition are slow.
    if (place % 3 === 2 && ms > 60) return;
    for (const reader of this.#readersOf(place)) this.#fetch(ms + 3, reader, record);
    this.#at(ms + 13, () => {
      for (const reader of this.#readersOf(place)) {
        this.#entry(EntryKind.Delivered, {
          node: reader,
          place,
          message,
          value: offset,
          detail: 4,
        });
        if (offset % 2 === 1) {
          this.#entry(EntryKind.Committed, { node: reader, place, value: offset + 1 });
        }
      }
    });
  }

  /** The answer to a fetch is on its way for 10 ms. */
  #fetch(ms: number, reader: number, { message, leader }: { message: number; leader: number }) {
    const connection = this.#legend.connections.findIndex(
      ({ client, server, purpose }) =>
        client === reader && server === leader && purpose === 'consumer',
    );
    this.#at(ms, () => {
      const way = { connection, from: { index: leader }, to: { index: reader } };
      const load = { type: 'records' as const, bytes: 120, payloadBytes: 64, messages: [message] };
      const transfer = this.#recorder.transferStarted(way, load, at(ms + 10));
      this.#at(ms + 10, () => this.#recorder.transferArrived(transfer));
    });
  }

  /** Owners in their groups, and those who read for themselves. */
  #readersOf(place: number): number[] {
    const groups = this.#groups();
    return (this.#legend.partitions[place]?.readers ?? []).flatMap((reader) => {
      const members = groups.find(({ group }) => group === reader)?.members;
      return members === undefined ? [reader] : members.slice(place % members.length).slice(0, 1);
    });
  }

  #copy(place: number): void {
    for (const broker of this.#legend.partitions[place]?.replicas ?? []) {
      if (broker === this.#leaders[place] || (broker === FAILING && !this.#isUp)) continue;
      this.#entry(EntryKind.Replicated, { node: broker, place, value: this.#ends[place] ?? 0 });
    }
  }

  #brokerFails(): void {
    const controller = this.#legend.nodes.findIndex(({ role }) => role === 'controller');
    const touched = this.#legend.partitions.flatMap(({ replicas }, place) =>
      replicas.includes(FAILING) ? [{ place, replicas }] : [],
    );
    const led = touched.filter(({ replicas }) => replicas[0] === FAILING);
    this.#at(STORY.crash, () => {
      this.#isUp = false;
      this.#entry(EntryKind.Crashed, { node: FAILING });
    });
    this.#at(STORY.fenced, () => {
      this.#entry(EntryKind.BrokerFenced, { node: FAILING });
      for (const { place, replicas } of touched) {
        const value = (1 << replicas.length) - 1 - (1 << replicas.indexOf(FAILING));
        this.#entry(EntryKind.IsrChanged, { node: controller, place, value, detail: 0 });
      }
      for (const { place } of led) this.#leader(controller, { place, leader: -1, epoch: 1 });
    });
    this.#at(STORY.elected, () => {
      for (const { place, replicas } of led) {
        const leader = replicas[1] ?? -1;
        if (leader >= 0) this.#leader(controller, { place, leader, epoch: 2 });
      }
    });
    this.#at(STORY.restart, () => this.#brokerReturns(controller, touched));
  }

  #brokerReturns(
    controller: number,
    touched: readonly { readonly place: number; readonly replicas: readonly number[] }[],
  ): void {
    this.#isUp = true;
    this.#entry(EntryKind.Restarted, { node: FAILING });
    this.#entry(EntryKind.BrokerUnfenced, { node: FAILING });
    for (const { place } of touched) {
      const value = Math.max(0, (this.#ends[place] ?? 0) - 2);
      this.#entry(EntryKind.FollowerTruncated, { node: FAILING, place, value });
    }
    this.#at(STORY.inSync, () => {
      for (const { place, replicas } of touched) {
        this.#copy(place);
        const value = (1 << replicas.length) - 1;
        this.#entry(EntryKind.IsrChanged, { node: controller, place, value, detail: 1 });
      }
    });
  }

  #leader(node: number, to: { place: number; leader: number; epoch: number }): void {
    const { place, leader, epoch } = to;
    this.#leaders[place] = leader;
    const detail = electionDetail(epoch, 'online');
    this.#entry(EntryKind.LeaderChanged, { node, place, value: leader, detail });
  }

  /** The first member stalls, the others share its partitions, and it still believes. */
  #memberStalls(): void {
    const [first] = this.#groups();
    const [stalled = -1, ...others] = first?.members ?? [];
    if (first === undefined || others.length === 0) return;
    const { group } = first;
    this.#at(STORY.stalled, () => this.#entry(EntryKind.Stalled, { node: stalled }));
    this.#at(STORY.rebalance, () => {
      this.#entry(EntryKind.MemberLeft, { node: stalled, place: group, value: 1 });
      this.#entry(EntryKind.RebalanceStarted, { node: group, place: group, value: 2 });
      this.#legend.partitions.forEach((_, place) => {
        const node = first.members[place % first.members.length] ?? -1;
        if (node !== stalled) this.#entry(EntryKind.Revoked, { node, place });
      });
    });
    this.#at(STORY.dealt, () => this.#deal(group, others, 2));
  }
}
