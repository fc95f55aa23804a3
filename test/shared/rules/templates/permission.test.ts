import { expect, it } from 'vitest';
import { judgeEntry } from '../../../builders/judge-entries.ts';

const entry = { template: 'permission', when: { provider_route: 'itaku' } };

it('is satisfied where it applies, and never violated', () => {
  expect(judgeEntry(entry, { provider_route: 'itaku' }).status).toBe('satisfied');
  expect(judgeEntry(entry, { provider_route: 'direct' }).status).toBe('not_applicable');
});

it('lists documents without a finding where they are missing', () => {
  const listing = { ...entry, lists_documents: ['video_doisho'] };
  const { findings, contributes } = judgeEntry(listing, { provider_route: 'itaku' });
  expect([findings, contributes.documents]).toEqual([
    [],
    { required: ['video_doisho'], optional: [], missing: ['video_doisho'] },
  ]);
});
