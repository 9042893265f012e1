// The cluster's scenes as they are used: moments to go to, metrics around a fault, defaults, notes.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { settled, settledAfter } from './support/settled';

test('a moment of the scene is one click away, and the line says which it is', async ({ page }) => {
  await page.goto('./?v=1&scenario=compaction');
  await settled(page);
  const moments = page.getByRole('navigation', { name: 'Moments of this scene' });
  await settledAfter(page, () => moments.getByRole('button', { name: /Cy reads/ }).click());
  await expect(page.getByRole('slider', { name: 'Time in the run' })).toHaveValue('8600000');
  await expect(moments.getByRole('button', { name: /Cy reads/ })).toHaveAttribute(
    'aria-current',
    'step',
  );
});

test('a toggle that could do nothing is not there', async ({ page }) => {
  await page.goto('./?v=1&scenario=groups');
  await settled(page);
  await expect(page.getByRole('switch')).toHaveText(['Disconnect Cy']);
  await page.goto('./?v=1&scenario=retention');
  await settled(page);
  await expect(page.getByRole('switch', { name: 'Durability' })).toBeVisible();
});

test('an operator’s metrics say what was, what is and what changed around a crash', async ({
  page,
}) => {
  await page.goto('./?v=1&scenario=broker-crash&t=12s');
  await settled(page);
  await page.getByText('Operator’s metrics').click();
  const table = page.getByRole('table', { name: /just before broker 2 stopped, at 2.6 s/ });
  await expect(table.getByRole('columnheader')).toHaveText(['Metric', 'Was', 'Now', 'Change']);
  const row = (name: string) => table.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row('FencedBrokerCount').getByRole('cell')).toHaveText(['0', '1', '+1']);
  await expect(row('UnderReplicatedPartitions').getByRole('cell')).toHaveText(['0', '3', '+3']);
  await expect(row('ActiveControllerCount').getByRole('cell')).toHaveText(['1', '1', '–']);
});

test('a talk without a cluster has no operator’s metrics', async ({ page }) => {
  await page.goto('./?v=1&scenario=one-message&t=50ms');
  await settled(page);
  await expect(page.getByText('See every moment of this run')).toBeVisible();
  await expect(page.getByText('Operator’s metrics')).toHaveCount(0);
});

test('parameters bear Kafka’s names and say both defaults', async ({ page }) => {
  await page.goto('./?v=1&scenario=rebalance');
  await settled(page);
  await page.getByRole('button', { name: 'More' }).click();
  const scene = page.getByRole('region', { name: 'This scene' });
  const timeout = scene.getByRole('textbox', { name: 'session.timeout.ms' });
  await expect(timeout).toHaveValue('6000');
  await expect(timeout).toHaveAccessibleDescription(/Default here: 6000 ms; Kafka’s: 45 s\.$/);
});

test('the model card lists every simplification of the engine’s notes', async ({ page }) => {
  const notes = readFileSync(new URL('../src/engine/README.md', import.meta.url), 'utf8');
  const section = notes.split('\n## Simplified\n')[1]?.split('\n## ')[0] ?? '';
  const listed = section.split(/^- /m).slice(1);
  const plain = listed.map((item) => item.trim().replace(/\s+/g, ' ').replaceAll('`', ''));
  await page.goto('./?v=1&scenario=acks');
  await settled(page);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Model card' }).click();
  const items = page.getByRole('dialog', { name: 'Model card' }).getByRole('listitem');
  await expect(items).toHaveText(plain);
});
