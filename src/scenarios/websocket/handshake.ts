// How a WebSocket begins, word for word, and what it costs to begin anew for every message.

import { milliseconds } from '../../engine/index';
import { defineScenario } from '../defineScenario';
import { choice } from '../parameterKinds';
import { PARAMETERS, textOf, withDefault } from '../parameters';
import { atMs, comparison, everyoneSays, participant, workloadOf } from '../sceneParts';
import { settingsOf } from '../settingsOf';

const MESSAGES = 5;
const GAP = milliseconds(300);
const COMES = atMs(100);

const PERSISTENCE = {
  name: 'persistence',
  label: 'Connection',
  ...choice(['kept', 'each']),
  default: 'kept',
  setting: null,
  isLive: false,
  help: 'Kept: one for all. Each: a new one for every message, as short requests have it.',
} as const;
const PROXY = {
  name: 'proxy',
  label: 'Proxy',
  ...choice(['none', 'dropsUpgrade']),
  default: 'none',
  setting: null,
  isLive: false,
  help: 'A proxy that knows only plain HTTP forwards no Upgrade, and there is no WebSocket.',
} as const;
const VERSION = {
  name: 'version',
  label: 'Sec-WebSocket-Version',
  ...choice(['13', '8']),
  default: '13',
  setting: null,
  isLive: false,
  help: 'Servers know 13 alone; what asks for another one is refused with 426.',
} as const;
const SUBPROTOCOL = {
  name: 'subprotocol',
  label: 'Subprotocol',
  ...choice(['none', 'spoken', 'unknown']),
  default: 'none',
  setting: null,
  isLive: false,
  help: 'Spoken: both know chat. Unknown: the server knows none of what the client offers.',
} as const;

export const handshake = defineScenario({
  id: 'handshake',
  title: 'The opening handshake',
  question: 'What is said before the first message?',
  stages: ['websocket', 'kafka'],
  parameters: [
    PERSISTENCE,
    PROXY,
    VERSION,
    SUBPROTOCOL,
    PARAMETERS.linger,
    withDefault(PARAMETERS.brokers, 1),
    withDefault(PARAMETERS.replicationFactor, 1),
    PARAMETERS.distance,
  ],
  people: ['A', 'B'],
  disconnectTarget: 'B',
  scene: ({ values }) => {
    const people = [
      participant(0, { writes: false }),
      // Whoever dials comes while everybody looks.
      participant(1, { reads: false, joinsAt: COMES }),
    ];
    const offered = textOf(values, SUBPROTOCOL);
    const base = comparison(values, {
      participants: people,
      mode: 'threads',
      workload: workloadOf(everyoneSays(people, { count: MESSAGES, first: atMs(500), gap: GAP })),
      settings: settingsOf(values, { standingFetches: 1 }),
      horizon: atMs(2_200),
    });
    return {
      ...base,
      sockets: {
        ...base.sockets,
        persistence: textOf(values, PERSISTENCE) === 'each' ? 'each' : 'kept',
        handshake: {
          ...base.sockets.handshake,
          version: Number(textOf(values, VERSION)),
          proxy: textOf(values, PROXY) === 'none' ? 'none' : 'dropsUpgrade',
          subprotocols: offered === 'none' ? [] : ['chat'],
          serverSubprotocols: offered === 'spoken' ? ['chat'] : ['other'],
        },
      },
    };
  },
  bookmarks: () => [
    { id: 'dials', title: 'SYN: nothing above TCP yet', at: atMs(110) },
    { id: 'asks', title: 'GET: may we speak WebSocket?', at: atMs(150) },
    { id: 'answers', title: '101: from here on, no HTTP', at: atMs(170) },
    { id: 'first', title: 'The first message', at: atMs(510) },
    { id: 'end', title: 'What it took', at: atMs(2_190) },
  ],
});
