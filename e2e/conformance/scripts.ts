// The scripts that are written down: one for each way in which a connection can begin, talk and end.

import {
  close,
  cut,
  hold,
  open,
  PLAIN,
  ping,
  release,
  type Script,
  type ScriptTerms,
  type Step,
  send,
  terminate,
} from './script';

/** The trace keeps the length of a reason; its text is the name of the code, or dots. */
const GOING_AWAY = close('server', 1001, 'Going Away');
const plain = (name: string, ...steps: readonly Step[]): Script => ({ name, terms: PLAIN, steps });
const under = (terms: Partial<ScriptTerms>, name: string, ...steps: readonly Step[]): Script => ({
  ...{ name, terms: { ...PLAIN, ...terms }, steps },
});

/** 124 bytes, one more than fits a close frame beside its code. */
const LONG_REASON = 'a'.repeat(124);
const EXTENDED = [125, 126, 65_535, 65_536] as const;

const talking: readonly Script[] = [
  plain('opens and is cut', open, cut),
  plain('one message each way', open, send('client'), send('server'), close('client', 1000)),
  plain('messages cross on the line', open, hold, send('client'), send('server'), release, cut),
  plain(
    'keeps the order of each way',
    ...[open, hold, send('client'), send('client'), send('client')],
    ...[send('server'), send('server'), release, close('server', 1000)],
  ),
  ...EXTENDED.map((bytes) =>
    plain(`${bytes} bytes both ways`, open, send('client', bytes), send('server', bytes), cut),
  ),
  plain('an empty message', open, send('client', 0), send('server', 0), cut),
  plain('a ping is answered', open, ping, send('client'), ping, cut),
  plain(
    'a ping waits behind a long message',
    open,
    hold,
    send('server', 70_000),
    ping,
    release,
    cut,
  ),
];

const closing: readonly Script[] = [
  plain('the client closes without a code', open, send('client'), close('client')),
  plain('the client closes with a code', open, close('client', 3000)),
  plain('the client closes with a code and a reason', open, close('client', 4999, '..')),
  plain('the server closes without a code', open, send('server'), close('server')),
  plain('the server goes away', open, GOING_AWAY),
  plain('the server asks to come again later', open, close('server', 1013)),
  plain('both close at once', open, hold, close('client', 3001), close('server', 4001), release),
  plain(
    'what was sent before a close frame still comes',
    ...[open, hold, send('client'), close('client', 1000), release],
  ),
  plain(
    'what the server sent before it heard of the close',
    ...[open, hold, send('server'), close('client', 1000), send('server'), release],
  ),
  plain(
    'what the client sent before it heard of the close',
    ...[open, hold, send('client'), close('server', 1000), send('client'), release],
  ),
  plain(
    'a second close does nothing',
    open,
    hold,
    close('client', 1000),
    close('client', 3000),
    release,
  ),
  plain('close after the end does nothing', open, cut, close('client', 1000)),
  plain('closing ends when the line is cut', open, hold, close('client', 1000), cut),
  plain('the server’s closing ends when the line is cut', open, hold, close('server', 1000), cut),
];

const refusing: readonly Script[] = [
  plain('a code that a page may not use', open, close('client', 1001), send('client'), cut),
  plain('a code that no frame may bear', open, close('client', 1006), cut),
  plain('a reason that is too long', open, close('client', 1000, LONG_REASON), cut),
  plain('sends before it is open', hold, open, send('client'), release, send('client'), cut),
  plain('closes before it is open', hold, open, close('client'), release),
  plain('sends while it closes', open, hold, close('client', 1000), send('client', 30), release),
  plain('sends when it is closed', open, cut, send('client', 30), send('client', 200)),
  under({ proxy: 'dropsUpgrade' }, 'a proxy forwards no Upgrade', open),
  under(
    { subprotocols: ['v2', 'v1'], serverSubprotocols: ['v1', 'v2'] },
    'agrees on the subprotocol that the client likes best',
    ...[open, send('client'), close('client', 1000)],
  ),
  under(
    { subprotocols: ['v3'], serverSubprotocols: ['v1', 'v2'] },
    'finds no subprotocol in common',
    open,
  ),
];

const breaking: readonly Script[] = [
  plain('the server gives up', open, send('client'), terminate),
  plain(
    'the server gives up, and what it had sent comes',
    open,
    hold,
    send('server'),
    terminate,
    release,
  ),
  plain(
    'the server gives up while the client sends',
    open,
    hold,
    send('client'),
    terminate,
    release,
  ),
  plain(
    'what is on the line is lost',
    open,
    send('client'),
    hold,
    send('client'),
    send('server'),
    cut,
  ),
  plain(
    'what a cut line kept comes when it heals',
    open,
    hold,
    send('client'),
    send('server'),
    ping,
    release,
    cut,
  ),
  plain(
    'comes back without what it missed',
    open,
    send('server'),
    hold,
    send('server'),
    cut,
    release,
    open,
    send('server'),
    cut,
  ),
  plain(
    'comes back after a clean end',
    open,
    send('client'),
    close('client', 1000),
    open,
    send('client'),
    close('server', 1000),
  ),
  plain('the line is cut before it is open', hold, open, cut),
  plain('a pong is lost on the line', open, hold, ping, terminate, cut),
];

export const WRITTEN_SCRIPTS: readonly Script[] = [
  ...talking,
  ...closing,
  ...refusing,
  ...breaking,
];
