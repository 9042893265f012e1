// Where services, cluster, gateways and browsers stand, for one run and size: from left to right.

import type { NodeIndex, StageId, TraceIndex } from '../../engine/index';
import type { Box } from '../shapes';
import { type TogetherParts, togetherParts } from './togetherParts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface TogetherLayout {
  readonly index: TraceIndex;
  readonly stage: StageId;
  readonly size: Size;
  readonly parts: TogetherParts;
  /** Of a service's circle, and half the side of a browser's square. */
  readonly serviceRadius: number;
  readonly browserHalf: number;
  readonly cluster: Box;
  /** By node, of all but brokers: the middle. */
  readonly at: ReadonlyMap<NodeIndex, Point>;
  /** By gateway. */
  readonly boxes: ReadonlyMap<NodeIndex, Box>;
  /** Pixels for the words beside a browser. */
  readonly besideRoom: number;
  /** Top of each topic, in their order. */
  readonly topicTops: readonly number[];
  readonly key: string;
}

const MARGIN = 12;
/** Two lines of words beside each browser. */
const BROWSER_PITCH = 42;
const SERVICE_PITCH = 64;
const GATEWAY_HEIGHT = 52;
const GATEWAY_PITCH = 70;
const CLUSTER_HEAD = 30;
/** Lines end so far from the corners of the cluster. */
const DOCK = 14;
const TOPIC_HEIGHT = 66;
const WIDEST = 1_080;
/** Below this width everything is as small as it may be. */
const ROOMY_FROM = 520;

/** Pixels from the left of the picture, of a narrow and of a roomy one. */
interface Columns {
  readonly service: number;
  readonly radius: number;
  readonly half: number;
  readonly clusterLeft: number;
  readonly clusterRight: number;
  readonly gatewayLeft: number;
  readonly gatewayRight: number;
  readonly browser: number;
}

function columnsOf(width: number): Columns {
  if (width < ROOMY_FROM) {
    // What is left goes to the log.
    const more = width - 319;
    return {
      ...{ service: 26, radius: 16, half: 11, clusterLeft: 60 },
      clusterRight: 150 + more,
      gatewayLeft: 170 + more,
      gatewayRight: 224 + more,
      browser: 257 + more,
    };
  }
  const share = (part: number): number => Math.round(width * part);
  return {
    ...{ service: 56, radius: 22, half: 15, clusterLeft: share(0.2) },
    clusterRight: share(0.5),
    gatewayLeft: share(0.6),
    gatewayRight: share(0.6) + Math.min(150, share(0.17)),
    browser: width - 120,
  };
}

const clusterHeight = ({ topics }: TogetherParts): number =>
  CLUSTER_HEAD + topics.length * TOPIC_HEIGHT + 6;

/** Pixels that the picture needs at any width. */
export function togetherHeight(index: TraceIndex, stage: StageId): number {
  const parts = togetherParts(index, stage);
  const { browsers, services, gateways } = parts;
  const most = Math.max(
    browsers.length * BROWSER_PITCH,
    services.length * SERVICE_PITCH + 16,
    gateways.length * GATEWAY_PITCH,
    clusterHeight(parts),
  );
  return most + 2 * MARGIN;
}

export function layoutTogether(index: TraceIndex, stage: StageId, size: Size): TogetherLayout {
  const parts = togetherParts(index, stage);
  const width = Math.min(WIDEST, size.width - 2 * MARGIN);
  const left = (size.width - width) / 2;
  const columns = columnsOf(width);
  const middle = size.height / 2;
  const at = new Map<NodeIndex, Point>();
  const place = (nodes: readonly NodeIndex[], x: number, pitch: number): void => {
    nodes.forEach((node, row) => {
      at.set(node, { x: left + x, y: middle + (row - (nodes.length - 1) / 2) * pitch });
    });
  };
  const room = size.height - 2 * MARGIN;
  const spread = (count: number, least: number, most: number): number =>
    Math.max(least, Math.min(most, room / Math.max(1, count)));
  const { services, gateways, browsers } = parts;
  place(services, columns.service, spread(services.length, SERVICE_PITCH, 130));
  const gatewayX = (columns.gatewayLeft + columns.gatewayRight) / 2;
  place(gateways, gatewayX, spread(gateways.length, GATEWAY_PITCH, 150));
  place(browsers, columns.browser, spread(browsers.length, BROWSER_PITCH, 64));
  // As tall as what stands beside it, so that no line crosses the name of somebody else.
  const beside = [...services, ...gateways].map((node) =>
    Math.abs((at.get(node)?.y ?? 0) - middle),
  );
  const half = Math.max(clusterHeight(parts) / 2, ...beside.map((away) => away + DOCK));
  const cluster = {
    left: left + columns.clusterLeft,
    right: left + columns.clusterRight,
    top: middle - half,
    bottom: middle + half,
  };
  return {
    index,
    stage,
    size,
    parts,
    serviceRadius: columns.radius,
    browserHalf: columns.half,
    cluster,
    at,
    boxes: new Map(
      gateways.map((node) => {
        const y = at.get(node)?.y ?? 0;
        const sides = { left: left + columns.gatewayLeft, right: left + columns.gatewayRight };
        const ends = { top: y - GATEWAY_HEIGHT / 2, bottom: y + GATEWAY_HEIGHT / 2 };
        return [node, { ...sides, ...ends }];
      }),
    ),
    besideRoom: width - columns.browser - columns.half - 6,
    topicTops: parts.topics.map((_, row) => cluster.top + CLUSTER_HEAD + row * TOPIC_HEIGHT),
    key: `${stage} ${size.width} ${size.height}`,
  };
}

/** Where a line from a node meets the cluster. */
export function dockOf({ at, cluster }: TogetherLayout, node: NodeIndex): Point {
  const { x, y } = at.get(node) ?? { x: 0, y: 0 };
  const isLeft = x < cluster.left;
  const inside = Math.max(cluster.top + DOCK, Math.min(cluster.bottom - DOCK, y));
  return { x: isLeft ? cluster.left : cluster.right, y: inside };
}

/** The edge of a node that faces the others: of a service right, of a browser left, of a gateway both. */
export function edgeOf(layout: TogetherLayout, node: NodeIndex, facing: 'left' | 'right'): Point {
  const { at, boxes, serviceRadius, browserHalf, parts } = layout;
  const { x, y } = at.get(node) ?? { x: 0, y: 0 };
  const box = boxes.get(node);
  if (box) return { x: facing === 'left' ? box.left : box.right, y };
  const half = parts.browsers.includes(node) ? browserHalf : serviceRadius;
  return { x: facing === 'left' ? x - half : x + half, y };
}
