// Each promise with a fault planted against it: some random schedule finds it.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { raiseSockets } from '../../engine/doors/sockets';
import type { Scene, StageId } from '../../engine/index';
import { PATIENCE } from '../clusters/numberOfRuns';
import { brokenPromises } from './brokenPromises';
import { drawnSchedule } from './drawnSchedule';

vi.setConfig({ testTimeout: PATIENCE });

type Raiser = NonNullable<Scene['raisers'][StageId]>;

/** What of a connection the faults change. */
interface Connection {
  isOpenAt(node: object): boolean;
  opened(life: Life, at: object): void;
  sendLastSeen(from: object, seen: number): void;
  sendResume(from: object, body: object): void;
  close(from: object, code: number | null): void;
}
interface Life {
  send(from: object, payloadBytes: number, body: { readonly message: number }): void;
  terminate(from: object): void;
  readonly stream: { send(from: object, parcel: object): boolean };
}
interface Stage {
  readonly connections: readonly Connection[];
  lost(): void;
}

/** Connections as they are, but for what `plant` changes about each of them. */
const planted =
  (plant: (connection: Connection, stage: Stage) => void): Raiser =>
  (world, scene) => {
    raiseSockets(world, scene);
    const stage = world.websocket.at(-1) as unknown as Stage;
    for (const connection of stage.connections) plant(connection, stage);
  };

/** As `planted`, for each life of a connection, from its opening at either end on. */
const plantedInLives = (
  plant: (life: Life, connection: Connection) => void,
): ((connection: Connection) => void) => {
  return (connection) => {
    const opened = connection.opened.bind(connection);
    connection.opened = (life, at) => {
      plant(life, connection);
      opened(life, at);
    };
  };
};

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 160, size: 'max' });
const settings = { seed: 20_261_121, numRuns: 2_000, endOnFailure: true } as const;

/** What the first schedule that breaks a promise breaks; empty: none does. */
function found(raiser: Raiser, isGentle: boolean): string[] {
  let broken: string[] = [];
  const property = fc.property(numbers, (drawn) => {
    if (broken.length === 0) {
      broken = brokenPromises(drawnSchedule(drawn, raiser, { isGentle }));
    }
    return broken.length === 0;
  });
  const { errorInstance } = fc.check(property, settings);
  // A run that could not be made at all is no example of anything.
  if (broken.length === 0 && errorInstance !== null) throw errorInstance;
  return broken;
}

const raw = (body: { readonly message: number }) => ({
  ...{ type: 'message', bytes: 66, payloadBytes: 64, messages: [body.message], body },
});

test('an end that goes on talking after its close frame', () => {
  const talks = plantedInLives((life) => {
    life.send = (from, _payloadBytes, body) => life.stream.send(from, raw(body));
  });
  const raiser = planted((connection) => {
    talks(connection);
    const isOpenAt = connection.isOpenAt.bind(connection);
    let wasOpen = false;
    connection.isOpenAt = (node) => {
      wasOpen ||= isOpenAt(node);
      return wasOpen;
    };
  });
  expect(found(raiser, false)).toContain('nothing is sent after a close frame');
});

test('an end that says it has seen nothing yet', () => {
  const raiser = planted((connection) => {
    const sendLastSeen = connection.sendLastSeen.bind(connection);
    connection.sendLastSeen = (from) => sendLastSeen(from, 0);
  });
  expect(found(raiser, true)).toContain('nobody gets anything twice or out of order');
});

test('an end that sends the second message first', () => {
  const raiser = planted(
    plantedInLives((life) => {
      const waiting: object[] = [];
      const send = life.stream.send.bind(life.stream);
      life.send = (from, _payloadBytes, body) => {
        waiting.unshift(raw(body));
        if (waiting.length > 1) for (const parcel of waiting.splice(0)) send(from, parcel);
      };
    }),
  );
  expect(found(raiser, false)).toContain('nobody gets anything twice or out of order');
});

test('a stage that says nothing of what a dead end had', () => {
  const raiser = planted((_, stage) => {
    stage.lost = () => undefined;
  });
  expect(found(raiser, false).length).toBeGreaterThan(0);
});

test('a server that never admits that something is gone', () => {
  const raiser = planted((connection) => {
    const sendResume = connection.sendResume.bind(connection);
    connection.sendResume = (from, body) =>
      sendResume(from, { ...body, outcome: 'nothing missed' });
  });
  expect(found(raiser, true)).toContain('whoever cannot get all of it is told');
});

test('an end that puts 1006 on the wire', () => {
  const raiser = planted((connection) => {
    const close = connection.close.bind(connection);
    connection.close = (from) => close(from, 1006);
  });
  expect(found(raiser, false)).toContain('no close frame bears 1006 or 1015');
});

test('an end that hears no pong and waits on', () => {
  const raiser = planted(
    plantedInLives((life) => {
      life.terminate = () => undefined;
    }),
  );
  expect(found(raiser, false)).toContain('an end that gets no pong is over at once');
});
