import { afterEach, expect, it, vi } from 'vitest';
import { runVerb, verb } from '../../cli/run-verb.ts';

afterEach(() => vi.restoreAllMocks());

const run = async (argv: string[]): Promise<{ code: number; out: string; err: string }> => {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const command = verb('check').argument('<ZIP...>', '調べる提出物').option('--city <市>', '市');
  const code = await runVerb(command, argv, async (_options, _paths) => 1);
  const text = ({ mock }: typeof out) => mock.calls.map(([chunk]) => chunk).join('');
  return { code, out: text(out), err: text(err) };
};

it('returns the exit code of the verb', async () => {
  expect(await run(['a.zip', '--city', 'mito'])).toEqual({ code: 1, out: '', err: '' });
});

it('prints its help in Japanese with exit code 0', async () => {
  const { code, out, err } = await run(['--help']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('使い方: uketsuke check [オプション] <ZIP...>');
  expect(out).toContain('--city <市>');
});

it.each([
  [['--citty', 'x'], 'オプション「--citty」はありません。「--city」のことですか。'],
  [['--city'], 'オプション「--city <市>」に値を付けてください。'],
  [[], '「ZIP」を指定してください。'],
])('reports %j in Japanese, names the help, and exits 2', async (argv, message) => {
  const { code, err } = await run(argv);
  expect(code).toBe(2);
  expect(err).toBe(`${message}\n使い方は uketsuke check --help で確かめてください。\n`);
});
