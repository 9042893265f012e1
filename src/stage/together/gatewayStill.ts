// What stands of the gateways: boxes with their lines to the cluster, and what they read.

import { fittingText } from '../encoding';
import { boxPath, round } from '../shapes';
import { baseLine, type Still, type StillPath, type Word, word } from '../still';
import type { GatewayInstant, TogetherInstant } from './togetherInstant';
import { dockOf, edgeOf, type TogetherLayout } from './togetherLayout';

export function gatewayStill(layout: TogetherLayout, instant: TogetherInstant): Still {
  const paths: StillPath[] = [];
  const words: Word[] = [];
  for (const gateway of instant.gateways) {
    const { node, state } = gateway;
    const box = layout.boxes.get(node);
    if (box === undefined) continue;
    const from = dockOf(layout, node);
    const to = edgeOf(layout, node, 'left');
    const d = `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`;
    paths.push({ key: `way ${node}`, d, paint: state === 'runs' ? 'wire' : 'quiet' });
    const paint = state === 'runs' ? 'middle' : 'middle-stopped';
    paths.push({ key: `gateway ${node}`, d: boxPath(box, 8), paint });
    const name = layout.index.trace.legend.nodes[node]?.name ?? '';
    const number = name.replace(/\D/g, '');
    const room = box.right - box.left - 8;
    const x = (box.left + box.right) / 2;
    const title = fittingText([name, `gate ${number}`, number], room, 600);
    const line = fittingText(wordings(gateway), room, 400);
    words.push(word(`gateway ${node}`, title, { x, y: baseLine(box.top + 16), ink: 'strong' }));
    words.push(word(`reads ${node}`, line, { x, y: baseLine(box.top + 36) }));
  }
  return { paths, words };
}

function wordings({ state, reads }: GatewayInstant): string[] {
  if (state === 'stopped') return ['stopped', 'stops'];
  if (state === 'away') return ['away'];
  if (reads === null) return ['reads nothing', 'reads –', '–'];
  return [`reads offset ${reads}`, `at ${reads}`, `${reads}`];
}
