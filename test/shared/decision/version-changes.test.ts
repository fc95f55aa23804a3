import { expect, it } from 'vitest';
import { versionChanges } from '../../../shared/decision/version-changes.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';

const file = (name: string, digest: string) => ({
  file: `見本/${name}`,
  kind: 'riyohyo_copy',
  read_by: 'text' as const,
  pages: 1,
  title: null,
  digest,
});

it('tells added, replaced and removed files, and findings that are gone or new', () => {
  const before = aVerdict({
    documents: [file('a.pdf', '1'), file('b.pdf', '2'), file('c.pdf', '3')],
    findings: [aFinding(), aFinding({ rule: 'MIT-R13' })],
  });
  const after = aVerdict({
    documents: [file('a.pdf', '1'), file('b.pdf', '9'), file('d.pdf', '4')],
    findings: [aFinding({ rule: 'MIT-R13', message: '別の言い方' }), aFinding({ rule: 'MIT-R14' })],
  });
  const { gone, fresh, ...files } = versionChanges(before, after);
  expect(files).toEqual({ added: ['d.pdf'], replaced: ['b.pdf'], removed: ['c.pdf'], same: 1 });
  expect(gone).toHaveLength(1);
  expect(fresh).toHaveLength(1);
});
