import { expect, it } from 'vitest';
import { planUploads } from '../../../../web/office/send/plan-uploads.ts';

const dropped = (...paths: string[]) => paths.map((path) => ({ path, file: new File([path], path) }));
const shapes = (...paths: string[]) =>
  planUploads(dropped(...paths)).map((one) => [
    one.name,
    'zip' in one ? 'as it is' : one.files.map(({ path }) => path),
  ]);

it('sends each ZIP as it is', () => {
  expect(shapes('a.zip', 'b.ZIP')).toEqual([
    ['a.zip', 'as it is'],
    ['b.ZIP', 'as it is'],
  ]);
});

it('packs loose files into one packet, not one each', () => {
  expect(shapes('plan.csv', 'todoke.pdf')).toEqual([['planほか1件.zip', ['plan.csv', 'todoke.pdf']]]);
  expect(shapes('photo.jpg')).toEqual([['photo.zip', ['photo.jpg']]]);
});

it('packs a folder without its own name, as the verb submit does, with the folders in it', () => {
  expect(shapes('7月/山田/plan.csv', '7月/佐藤/plan.csv')).toEqual([
    ['7月.zip', ['山田/plan.csv', '佐藤/plan.csv']],
  ]);
});

it('packs several folders together, each a packet', () => {
  expect(shapes('山田/plan.csv', '佐藤/plan.csv')).toEqual([
    ['山田ほか1件.zip', ['山田/plan.csv', '佐藤/plan.csv']],
  ]);
});

it('leaves hidden files out', () => {
  expect(shapes('山田/.DS_Store', '.hidden', '山田/plan.csv')).toEqual([['山田.zip', ['plan.csv']]]);
});
