// How reading is taken down where gateways stand between the log and its readers.

import type { TakenRecord } from '../../kafka/client/fetching/fetchBuffer';
import { ReadingTrace, type ReadingTraceMaker } from '../../kafka/client/fetching/readingTrace';
import type { Environment, NetworkNode } from '../../network/node';
import { EntryKind } from '../../trace/entryKinds';
import type { MessageIndex } from '../../trace/trace';

/** Browser, gateway, broker, reader. */
const HOPS_FROM_BROWSER = 3;

/** Hears what a gateway reads. */
type Read = (gateway: NetworkNode, record: TakenRecord) => void;

/** A gateway has read a record: nobody has got it by that. */
class GatewayReading extends ReadingTrace {
  readonly #environment: Environment;
  readonly #node: NetworkNode;
  readonly #read: Read;

  constructor([environment, node, positions]: Parameters<ReadingTraceMaker>, read: Read) {
    super(environment, node, positions);
    this.#environment = environment;
    this.#node = node;
    this.#read = read;
  }

  override taken(record: TakenRecord): void {
    const { message, partition, offset } = record;
    const fields = { node: this.#node.index, place: partition, message, value: offset + 1 };
    this.#environment.recorder.entry(EntryKind.ReadOn, fields);
    this.#read(this.#node, record);
  }
}

/** A service reads for itself, what browsers have said among the rest. */
class ServiceReading extends ReadingTrace {
  readonly #isBrowsers: (message: MessageIndex) => boolean;

  constructor(
    [environment, node, positions]: Parameters<ReadingTraceMaker>,
    isBrowsers: (message: MessageIndex) => boolean,
  ) {
    super(environment, node, positions);
    this.#isBrowsers = isBrowsers;
  }

  protected override hopsOf(message: MessageIndex): number {
    return this.#isBrowsers(message) ? HOPS_FROM_BROWSER : super.hopsOf(message);
  }
}

export const gatewayReading =
  (read: Read): ReadingTraceMaker =>
  (...of) =>
    new GatewayReading(of, read);

export const serviceReading =
  (isBrowsers: (message: MessageIndex) => boolean): ReadingTraceMaker =>
  (...of) =>
    new ServiceReading(of, isBrowsers);
