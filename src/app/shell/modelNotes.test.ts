// The list of simplifications is read from the engine's notes as it stands there.

import { expect, test } from 'vitest';
import notes from '../../engine/README.md?raw';
import { simplificationsIn } from './modelNotes';

test('takes the items under the heading, with the lines that go on, as plain text', () => {
  const example = [
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
  expect(simplificationsIn(example)).toEqual(['One: a thing that goes on', 'Two, see there']);
});

test('without such a heading there is nothing', () => {
  expect(simplificationsIn('# Notes\n- one')).toEqual([]);
});

test('every simplification in the engine’s notes is shown, and nothing else', () => {
  // By another way than the page's: paragraphs of the section, as markdown joins their lines.
  const section = notes.split('\n## Simplified\n')[1]?.split('\n## ')[0] ?? '';
  const listed = section
    .split(/^- /m)
    .slice(1)
    .map((item) => item.trim().replaceAll('\n  ', ' ').replaceAll('`', ''));
  expect(listed.length).toBeGreaterThan(25);
  expect(simplificationsIn(notes)).toEqual(listed);
});
