import { expect, it } from 'vitest';
import { guideChecklist } from '../../../shared/guide/guide-checklist.ts';
import { writeGuide } from '../../../shared/guide/write-guide.ts';
import { cityKeys } from '../../../shared/profiles/cities.ts';

it('lists for every city what to hand in, each with its citation', () => {
  for (const city of cityKeys()) {
    const { sections } = guideChecklist(city);
    expect(sections.length, city).toBeGreaterThan(0);
    for (const { items } of sections)
      for (const item of items) {
        expect(item.what, city).not.toBe('');
        expect(item.cited.length, `${city} ${item.what}`).toBeGreaterThan(0);
      }
  }
});

it('names the documents that the written guide names, and only the event it is asked for', () => {
  const documents = (event?: string) =>
    guideChecklist('mito', event ? { event } : {})
      .sections.find(({ title }) => title === '出す書類')
      ?.items.map(({ what }) => what) ?? [];
  const guide = writeGuide('mito');
  for (const what of documents()) expect(guide).toContain(what);
  expect(documents('new').length).toBeLessThan(documents().length);
});
