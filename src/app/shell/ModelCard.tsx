// The model card: what is assumed, what each lens sees, what was left out.

import type { ReactNode } from 'react';
import modelNotes from '../../engine/README.md?raw';
import type { Player } from '../../player/createPlayer';
import { usePlayer } from '../../player/usePlayer';
import type { ParameterDefinition, ParameterValue } from '../../scenarios/defineScenario';
import { Dialog } from '../../ui/Dialog';
import type { View } from '../createView';
import { lengthText } from '../timeText';
import styles from './ModelCard.module.css';
import { simplificationsIn } from './modelNotes';

interface ModelCardProps {
  readonly player: Player;
  readonly view: View;
}

export function ModelCard({ player, view }: ModelCardProps): ReactNode {
  return (
    <Dialog title="Model card" onClose={() => view.set({ openDialog: 'none' })}>
      <div className={styles['card']}>
        <Assumptions />
        <Constants player={player} />
        <Lenses />
        <Simplifications />
      </div>
    </Dialog>
  );
}

function Assumptions(): ReactNode {
  return (
    <section>
      <h3>The same work on both sides</h3>
      <p>
        Two people, the same messages at the same moments, the same distance, one clock, one seed. A
        and B are 20 ms apart. Kafka’s broker stands half-way: 10 ms to each side. With two people
        A’s program is the server end of the WebSocket and B’s the client end; with more people a
        relay stands half-way, like the broker. Both are programs, not browsers, so both may also
        hold Kafka clients.
      </p>
      <p>
        In the loop a person’s one thread sends, waits for the ack, then polls. With threads a fetch
        is always outstanding. One comparison never mixes the two. The stage is not to scale in
        time; the ribbon and the scrubber are.
      </p>
    </section>
  );
}

function Constants({ player }: Pick<ModelCardProps, 'player'>): ReactNode {
  const run = usePlayer(player, (state) => state.run);
  const { links, nodes } = run.index.trace.legend;
  const nameOf = (node: number): string => nodes[node]?.name ?? '';
  return (
    <section>
      <h3>
        This run: {run.scenario.title}, seed {run.spec.seed}
      </h3>
      <dl className={styles['constants']}>
        {links.map((link) => (
          <div key={`${link.stage} ${link.id}`}>
            <dt>
              {nameOf(link.ends[0])} to {nameOf(link.ends[1])}, {link.stage}
            </dt>
            <dd>
              {lengthText(link.latency)} one way, {link.duplex}
            </dd>
          </div>
        ))}
        {run.scenario.parameters.map((definition) => (
          <div key={definition.name}>
            <dt>{definition.label}</dt>
            <dd>{valueText(definition, run.parameters[definition.name] ?? definition.default)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const valueText = ({ type }: ParameterDefinition, value: ParameterValue): string =>
  type === 'duration' ? lengthText(Number(value)) : String(value);

function Lenses(): ReactNode {
  return (
    <section>
      <h3>Three ways to look: is Kafka half-duplex?</h3>
      <p>
        Nothing here is locked to look half-duplex. It is measured, and it depends on where you
        look.
      </p>
      <dl className={styles['lenses']}>
        <dt>Wire</dt>
        <dd>
          Bytes on the line. Both run over TCP, and both move bytes both ways at once. The
          difference is not here.
        </dd>
        <dt>Connection</dt>
        <dd>
          Messages on one connection. A WebSocket carries them both ways on the same one. Kafka’s
          standard clients hold one connection to send and one to get, so each carries messages one
          way: 0 % by its build. A hand-written client could share one.
        </dd>
        <dt>Conversation</dt>
        <dd>
          What a person does. On a WebSocket Ana sends while she gets. In Kafka’s usual loop she
          sends, waits, then polls: 0 % by the order of the loop. With two threads she does both at
          once. So “half-duplex” is a fair short word for the usual loop, not a law.
        </dd>
      </dl>
    </section>
  );
}

function Simplifications(): ReactNode {
  const simplifications = simplificationsIn(modelNotes);
  return (
    <section>
      <h3>What is simpler here than outside</h3>
      <ul>
        {simplifications.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
