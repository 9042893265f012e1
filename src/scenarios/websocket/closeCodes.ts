// Ten people on one server, each of whom goes in a way of their own: what either end then reports.

import { milliseconds, type Scene } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { PARAMETERS, withDefault } from '../parameters';
import { atMs, comparison, everyoneSays, participant, talkers, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';
import { SOCKET_PARAMETERS } from '../socketParameters';

/** One way to go every half second; the last of them stays and talks. */
const STEP = 500;
const SERVER = 'relay';
type Act = Scene['sockets']['acts'][number];

const atStep = (step: number) => atMs(step * STEP);
const act = (
  step: number,
  by: string,
  what: Pick<Act, 'act' | 'code'> & { peer?: string },
): Act => ({
  at: atStep(step),
  by,
  peer: SERVER,
  ...what,
});

const ACTS: readonly Act[] = [
  act(1, 'A', { act: 'close', code: 1000 }),
  act(2, SERVER, { peer: 'B', act: 'close', code: 1001 }),
  act(3, 'C', { act: 'close', code: 4000 }),
  act(4, 'D', { act: 'close', code: null }),
  act(5, 'E', { act: 'terminate', code: null }),
  // F crashes: in the script.
  act(7, 'G', { act: 'violate', code: 1002 }),
  act(8, 'H', { act: 'violate', code: 1007 }),
  act(9, 'I', { act: 'close', code: 1000 }),
  act(9, SERVER, { peer: 'I', act: 'close', code: 1008 }),
];

export const closeCodes = defineScenario({
  id: 'close-codes',
  title: 'Close codes',
  question: 'Ten ways to go. What does each end report?',
  stages: ['websocket'],
  parameters: [
    withDefault(SOCKET_PARAMETERS.reconnectDelay, milliseconds(250)),
    SOCKET_PARAMETERS.reconnectJitter,
    PARAMETERS.distance,
  ],
  people: talkers(10).map(({ id }) => id),
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const people = talkers(10).map(({ id }, place) => participant(place, { writes: id === 'J' }));
    const base = comparison(values, {
      stages: ['websocket'],
      participants: people,
      hasRelay: true,
      mode: 'threads',
      workload: workloadOf(
        everyoneSays(people, { count: 22, first: atMs(240), gap: milliseconds(250) }),
      ),
      settings: settingsOf(values),
      script: [{ at: atStep(6), kind: 'crash', target: 'F' }],
      horizon: atMs(6_000),
    });
    return { ...base, sockets: { ...base.sockets, acts: ACTS } };
  },
  bookmarks: () => [
    { id: 'normal', title: 'Done: 1000', at: atMs(STEP + 40) },
    { id: 'going-away', title: 'The server goes: 1001', at: atMs(2 * STEP + 40) },
    { id: 'no-code', title: 'No code: 1005', at: atMs(4 * STEP + 40) },
    { id: 'abnormal', title: 'No close at all: 1006', at: atMs(6 * STEP + 20) },
    { id: 'protocol', title: 'A fault: 1002', at: atMs(7 * STEP + 40) },
    { id: 'both', title: 'Both at once', at: atMs(9 * STEP + 10) },
  ],
});
