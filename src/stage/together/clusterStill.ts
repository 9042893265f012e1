// What stands of services and of the cluster: their lines, the topics, the newest of their records.

import type { NodeIndex } from '../../engine/index';
import { fittingText, type PaintName } from '../encoding';
import { plural } from '../numberText';
import { boxPath, circlePath, round, squarePath } from '../shapes';
import { baseLine, type Still, type StillPath, type Word, word } from '../still';
import type { TogetherInstant } from './togetherInstant';
import { dockOf, edgeOf, type TogetherLayout } from './togetherLayout';

const INSET = 12;
const BRICK = 15;
const BRICK_PITCH = 19;

export function clusterStill(layout: TogetherLayout, instant: TogetherInstant): Still {
  const { cluster, parts } = layout;
  const paths: StillPath[] = parts.services.map((node) => linePath(layout, instant, node));
  const isDown = instant.brokersUp === 0;
  const paint = isDown ? 'middle-stopped' : 'middle';
  paths.push({ key: 'cluster', d: boxPath(cluster, 10), paint });
  const words: Word[] = [headWord(layout, instant)];
  for (const node of parts.services) {
    paths.push(bodyPath(layout, instant, node));
    words.push(nameWord(layout, node));
  }
  parts.topics.forEach((_, row) => {
    const topic = topicStill(layout, instant, row);
    paths.push(...topic.paths);
    words.push(...topic.words);
  });
  return { paths, words };
}

const isHere = ({ world }: TogetherInstant, node: NodeIndex): boolean =>
  world.nodes[node]?.up === true && !world.nodes[node]?.away;

function linePath(layout: TogetherLayout, instant: TogetherInstant, node: NodeIndex): StillPath {
  const from = edgeOf(layout, node, 'right');
  const to = dockOf(layout, node);
  const d = `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`;
  return { key: `way ${node}`, d, paint: isHere(instant, node) ? 'wire' : 'quiet' };
}

function bodyPath(layout: TogetherLayout, instant: TogetherInstant, node: NodeIndex): StillPath {
  const { x, y } = layout.at.get(node) ?? { x: 0, y: 0 };
  const paint = isHere(instant, node) ? 'person-left' : 'person-away';
  return { key: `service ${node}`, d: circlePath(x, y, layout.serviceRadius), paint };
}

function nameWord({ index, at, serviceRadius, cluster }: TogetherLayout, node: NodeIndex): Word {
  const { x, y } = at.get(node) ?? { x: 0, y: 0 };
  const name = index.trace.legend.nodes[node]?.name ?? '';
  const room = 2 * Math.min(x - 2, cluster.left - x - 2);
  const text = fittingText([name], room, 400);
  return word(`name ${node}`, text, { x, y: y + serviceRadius + 18 });
}

function headWord({ cluster, parts }: TogetherLayout, { brokersUp }: TogetherInstant): Word {
  const count = parts.brokers.length;
  const brokers = plural(count, 'broker');
  const isWhole = brokersUp === count;
  const room = cluster.right - cluster.left - 2 * INSET;
  const wordings = isWhole
    ? [`Kafka, ${brokers}`, 'Kafka']
    : [`Kafka, ${brokersUp} of ${brokers} up`, `${brokersUp} of ${count} up`, `${brokersUp} up`];
  const text = fittingText(wordings, room, 600);
  const at = { x: cluster.left + INSET, y: baseLine(cluster.top + 18), anchor: 'start' } as const;
  return word('cluster', text, { ...at, ink: 'strong' });
}

/** Its name, how many records it holds, and as many of the newest as there is room for. */
function topicStill(layout: TogetherLayout, { world }: TogetherInstant, row: number): Still {
  const { cluster, parts, topicTops } = layout;
  const topic = parts.topics[row];
  const top = topicTops[row] ?? 0;
  const log = world.partitions[topic?.partition ?? -1];
  if (topic === undefined || log === undefined) return { paths: [], words: [] };
  const left = cluster.left + INSET;
  const room = cluster.right - INSET - left;
  const kept = log.logEnd - log.logStart;
  const wordings = [`${topic.name}: ${kept} kept`, `${topic.name}: ${kept}`, topic.name];
  const text = fittingText(wordings, room, 400);
  const label = word(`topic ${row}`, text, { x: left, y: baseLine(top + 12), anchor: 'start' });
  const most = Math.max(1, Math.floor((room + BRICK_PITCH - BRICK) / BRICK_PITCH));
  const from = Math.max(log.logStart, log.logEnd - most);
  const y = top + 38;
  const rule = {
    key: `rule ${row}`,
    d: `M${left} ${y + 13}H${left + room}`,
    paint: 'rule',
  } as const;
  const paths: StillPath[] = [rule];
  for (let offset = from; offset < log.logEnd; offset += 1) {
    const side = topic.records[offset]?.side ?? 'left';
    const isSafe = offset < log.highWatermark;
    const paint: PaintName = isSafe ? `brick-${side}` : `brick-${side}-unsafe`;
    const x = left + BRICK / 2 + (offset - from) * BRICK_PITCH;
    const d = side === 'left' ? circlePath(x, y, BRICK / 2) : squarePath(x, y, BRICK / 2);
    paths.push({ key: `record ${row} ${offset}`, d, paint });
  }
  return { paths, words: [label] };
}
