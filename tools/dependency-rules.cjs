/**
 * The direction of every import. `npm run lint` fails on an import that runs back and on a circle.
 * The journey of a packet runs through the folders of shared/: a folder may import earlier ones, never later ones.
 */
const ROOMS = [
  ['faults'],
  ['isolated'],
  ['text'],
  ['calendar'],
  ['profiles'],
  ['vocabulary', 'findings'],
  ['registry'],
  ['access'],
  ['packet'],
  ['documents'],
  ['cover-sheet'],
  ['split'],
  ['facts'],
  ['rules'],
  ['decision'],
  ['letters', 'queues'],
  ['records'],
  ['guide'],
];

/** Within the records: storage, the log of events on it, the read models made of them, the steps that write both. */
const RECORDS = [['store'], ['events'], ['views'], ['steps'], ['lifecycle', 'recovery']];

/** Top-level folders in order; a folder may import earlier ones. */
const HOUSE = [['shared'], ['functions'], ['infra'], ['operations', 'host'], ['cli', 'tools'], ['bench']];
/** Of the page: each desk and what they share. */
const DESKS = ['office', 'hokatsu', 'city', 'operator'];

const inside = (base, names) => `^${base}(${names.join('|')})/`;

/** One rule per folder: it imports nothing of a later folder. */
const forward = (base, floors) =>
  floors.slice(0, -1).map((names, i) => ({
    name: `${names.join('-')}-knows-nothing-later`,
    severity: 'error',
    from: { path: inside(base, names) },
    to: { path: inside(base, floors.slice(i + 1).flat()) },
  }));

module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    ...forward('shared/', ROOMS),
    ...forward('shared/records/', RECORDS),
    ...forward('', HOUSE),
    {
      name: 'the-story-is-the-top',
      comment: 'flow.ts and the ground of shared: no room imports the story.',
      severity: 'error',
      from: { path: '^shared/(?!guide/)[^/]+/' },
      to: { path: '^shared/flow\\.ts$' },
    },
    {
      name: 'page-runs-in-a-browser',
      comment: 'The page imports pure code of shared/, and of functions/ only types.',
      severity: 'error',
      from: { path: '^web/' },
      to: {
        path: '^(functions|infra|host|operations|cli|tools|samples|test)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'page-reads-no-records',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^shared/(records|queues)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-the-page',
      comment: 'infra/build-web.ts builds it.',
      severity: 'error',
      from: { path: '^(shared|functions|infra|host|operations|cli|tools|samples|bench)/' },
      to: { path: '^web/(?!vite\\.config\\.ts$)' },
    },
    {
      name: 'shared-parts-know-no-desk',
      comment: 'web/shared/ is below every desk of the page.',
      severity: 'error',
      from: { path: '^web/shared/' },
      to: { path: `^web/(${DESKS.join('|')})/` },
    },
    {
      name: 'samples-know-no-desk',
      comment:
        'Written from the sources alone, so that no error of the desk is repeated in its expected answers.',
      severity: 'error',
      from: { path: '^samples/' },
      to: { path: '^(shared|functions|infra|host|operations|cli|tools)/' },
    },
    {
      name: 'desk-knows-no-samples',
      comment: 'Only the verbs that make synthetic cities, the tests and the measurements use the samples.',
      severity: 'error',
      from: { path: '^(shared|functions|infra|host|operations|tools)/' },
      to: { path: '^samples/' },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { path: '^(shared|functions|infra|host|operations|cli|tools|samples)/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    // The installed TypeScript has no API for tools; swc reads the imports, type-only ones as well.
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
