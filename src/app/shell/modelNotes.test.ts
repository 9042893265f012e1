// The list of simplifications is read from the engine's notes as it stands there.

import { expect, test } from 'vitest';
import { simplificationsIn } from './modelNotes';

test('takes the items under the heading, with the lines that go on, as plain text', () => {
  const notes = [
    '# Notes',
    '- not this one',
    '## Simplifications',
    'A sentence before.',
    '- **One**: a `thing`',
    '  that goes on',
    '- Two, see [there](x.md)',
    '## Next',
    '- nor this',
  ].join('\n');
  expect(simplificationsIn(notes)).toEqual(['One: a thing that goes on', 'Two, see there']);
});

test('without such a heading there is nothing', () => {
  expect(simplificationsIn('# Notes\n- one')).toEqual([]);
});
