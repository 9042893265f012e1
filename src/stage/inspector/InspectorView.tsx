// The inspector: the journey of what was chosen on the left, its bytes on the right; it neither
// opens nor closes itself.

import type { ReactNode, Ref } from 'react';
import { useMemo, useState } from 'react';
import type { SimTime, StageId, TraceIndex, TransferIndex } from '../../engine/index';
import { Select } from '../../ui/Select';
import { STAGE_TITLES } from '../stageTitles';
import { BytesView } from './BytesView';
import styles from './Inspector.module.css';
import { JourneyView } from './JourneyView';
import { type JourneyGroup, journeyScene } from './journeyScene';
import { type Inspected, inspected, shownTransfer, transferNamed } from './subjects';

export interface InspectorViewProps {
  readonly index: TraceIndex;
  readonly stages: readonly StageId[];
  /** A message as the engine names it, or `t12` for a transfer. */
  readonly name: string;
  readonly time: SimTime;
  readonly heading: Ref<HTMLHeadingElement>;
  /** What closes it. */
  readonly closing: ReactNode;
}

type ByStage<Value> = Readonly<Partial<Record<StageId, Value>>>;

export function InspectorView(props: InspectorViewProps): ReactNode {
  const { index, name, heading, closing } = props;
  const single = transferNamed(name);
  if (single < 0) return <MessageInspector key={name} {...props} />;
  return (
    <div className={styles['inspector']} data-single="">
      <div className={styles['panel']}>
        <div className={styles['head']}>
          <h2 ref={heading} tabIndex={-1}>
            The bytes of control traffic
          </h2>
          {closing}
        </div>
        <BytesView index={index} transfer={single} message={-1} />
      </div>
    </div>
  );
}

function MessageInspector(props: InspectorViewProps): ReactNode {
  const { index, stages, name, time, heading, closing } = props;
  const [readers, setReaders] = useState<ByStage<number>>({});
  const [chosen, setChosen] = useState<ByStage<TransferIndex>>({});
  const found = useMemo(
    () => inspected(index, name, { stages, readers }),
    [index, name, stages, readers],
  );
  const scene = journeyScene(found.journeys, time);
  const shown = found.journeys.map((journey) => ({
    journey,
    transfer: chosen[journey.subject.stage] ?? shownTransfer(index, journey),
  }));
  const show = ({ journey }: JourneyGroup, transfer: TransferIndex): void =>
    setChosen({ ...chosen, [journey.subject.stage]: transfer });
  const read = (stage: StageId, reader: number): void => {
    setReaders({ ...readers, [stage]: reader });
    setChosen({ ...chosen, [stage]: undefined });
  };
  return (
    <div className={styles['inspector']}>
      <div className={styles['panel']}>
        <div className={styles['head']}>
          <h2 ref={heading} tabIndex={-1}>
            {found.title}
          </h2>
          <p className={styles['headNote']}>time since it was to be sent</p>
        </div>
        <JourneyView
          scene={scene}
          shown={shown.map(({ transfer }) => transfer)}
          onShow={show}
          aside={({ journey }) => <Readers {...{ found, read }} stage={journey.subject.stage} />}
        />
      </div>
      <div className={styles['panel']}>
        <div className={styles['head']}>
          <h2>Its bytes on the wire</h2>
          {closing}
        </div>
        {shown.map(({ journey, transfer }) =>
          transfer < 0 ? (
            <p key={journey.subject.stage} className={styles['remark']}>
              {STAGE_TITLES[journey.subject.stage]}: it has not left its sender.
            </p>
          ) : (
            <BytesView
              key={journey.subject.stage}
              index={index}
              transfer={transfer}
              message={journey.subject.message}
            />
          ),
        )}
      </div>
    </div>
  );
}

interface ReadersProps {
  readonly found: Inspected;
  readonly stage: StageId;
  readonly read: (stage: StageId, reader: number) => void;
}

/** A choice where there is one. */
function Readers({ found, stage, read }: ReadersProps): ReactNode {
  const readers = found.choices.find((choice) => choice.stage === stage)?.readers ?? [];
  const journey = found.journeys.find(({ subject }) => subject.stage === stage);
  if (readers.length < 2 || journey === undefined) return null;
  return (
    <Select
      label="For which reader"
      options={readers.map(({ node, name }) => ({ value: String(node), text: name }))}
      value={String(journey.subject.reader)}
      onChoose={(value) => read(stage, Number(value))}
    />
  );
}
