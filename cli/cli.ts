import { japaneseCommand } from './command.ts';
import { endWhenUnread } from './end-when-unread.ts';
import { isVerb, VERBS, type VerbName } from './verbs.ts';

type Run = (argv: string[]) => Promise<number>;

/** Each verb is imported only when it is called: `check` and `decide` start often. */
const LOAD: Record<VerbName, () => Promise<Run>> = {
  start: async () => (await import('./start.ts')).runStart,
  check: async () => (await import('./check.ts')).runCheck,
  decide: async () => (await import('./decide.ts')).runDecide,
  submit: async () => (await import('./submit.ts')).runSubmit,
  status: async () => (await import('./status.ts')).runStatus,
  supplement: async () => (await import('./supplement.ts')).runSupplement,
  withdraw: async () => (await import('./withdraw.ts')).runWithdraw,
  review: async () => (await import('./review.ts')).runReview,
  registry: async () => (await import('./registry.ts')).runRegistry,
  people: async () => (await import('./people.ts')).runPeople,
  redrive: async () => (await import('./redrive.ts')).runRedrive,
  'give-up': async () => (await import('./give-up.ts')).runGiveUp,
  rebuild: async () => (await import('./rebuild.ts')).runRebuild,
  recover: async () => (await import('./recover.ts')).runRecover,
  generate: async () => (await import('./generate.ts')).runGenerate,
  score: async () => (await import('./score.ts')).runScore,
  retention: async () => (await import('./retention.ts')).runRetention,
  export: async () => (await import('./export.ts')).runExport,
  trail: async () => (await import('./trail.ts')).runTrail,
  backup: async () => (await import('./backup.ts')).runBackup,
  restore: async () => (await import('./backup.ts')).runRestore,
  guide: async () => (await import('./guide.ts')).runGuide,
  replay: async () => (await import('./replay.ts')).runReplay,
  'cover-sheet': async () => (await import('./cover-sheet.ts')).runCoverSheet,
};

/**
 * `uketsuke <verb> …`
 * Exit codes: 0 done (all accepted or in review), 1 at least one packet is returned, 2 usage or unreadable input.
 */
async function main([name, ...argv]: string[]): Promise<number> {
  if (isVerb(name)) return (await LOAD[name]())(argv);
  const isHelp = name === 'help' || name === '--help' || name === '-h';
  if (isHelp && isVerb(argv[0])) return (await LOAD[argv[0]]())(['--help']);
  if (isHelp) process.stdout.write(help());
  else process.stderr.write(`${name ? `「${name}」というコマンドはありません。\n` : ''}${help()}`);
  return isHelp ? 0 : 2;
}

function help(): string {
  const program = japaneseCommand('uketsuke').usage('<コマンド> …');
  for (const [name, summary] of Object.entries(VERBS)) program.command(name).description(summary);
  return (
    `${program.helpInformation()}\n` +
    'コマンドの使い方は uketsuke <コマンド> --help\n' +
    'AWS に配置した受付には --stack ファイル --by 氏名 (status review registry people redrive give-up rebuild recover retention export trail replay)\n'
  );
}

endWhenUnread(process.stdout, process.stderr);
process.exitCode = await main(process.argv.slice(2));
