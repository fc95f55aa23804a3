/**
 * `uketsuke <verb> …`: one door to every verb; each is loaded only when it is asked for.
 * Exit codes: 0 done (all accepted or in review), 1 something came back, 2 usage or input that cannot be read.
 */
type Verb = { does: string; run: (argv: string[]) => Promise<number> };

const VERBS: Record<string, Verb> = {
  start: {
    does: '[--once] [--demo] [--port N] [--data FOLDER] [ZIP|フォルダー]…   受付を一台で動かす (指定がなければ見本を流す)',
    run: async (argv) => (await import('./start.ts')).runStart(argv),
  },
  check: {
    does: '[--city KEY] [--registry FILE] [--json] [--explain] ZIP|フォルダー…   送る前に調べる (記録しない)',
    run: async (argv) => (await import('./check.ts')).runCheck(argv),
  },
  decide: {
    does: 'cases.json   事実から判定だけを行う',
    run: async (argv) => (await import('./decide.ts')).runDecide(argv),
  },
  submit: {
    does: '[--url URL] [--office 番号] ZIP|フォルダー…   動いている受付に送り、結果を待つ',
    run: async (argv) => (await import('./submit.ts')).runSubmit(argv),
  },
  status: {
    does: '[--url URL] [受付番号|書類一式の番号]   いまどうなっているか',
    run: async (argv) => (await import('./status.ts')).runStatus(argv),
  },
  registry: {
    does: 'import FILE… | list   登録簿を取り込む',
    run: async (argv) => (await import('./registry.ts')).runRegistry(argv),
  },
  redrive: {
    does: '[段階]   退避されたメッセージを戻す (指定がなければ件数だけを示す)',
    run: async (argv) => (await import('./operate.ts')).runRedrive(argv),
  },
  rebuild: {
    does: '出来事の記録から、案件・確認待ち・通知・集計を作り直す',
    run: async (argv) => (await import('./operate.ts')).runRebuild(argv),
  },
  recover: {
    does: '受信箱にあって記録にないアップロードを、受付に知らせる (復元のあと)',
    run: async (argv) => (await import('./operate.ts')).runRecover(argv),
  },
  generate: {
    does: '--city KEY --people N --months FROM..TO --out DIR   答えの分かっている合成の市を作る',
    run: async (argv) => (await import('./generate.ts')).runGenerate(argv),
  },
  score: {
    does: '[--json] [--limit N] DIR…   合成の市を受付に通し、あるべき答えと比べる',
    run: async (argv) => (await import('./score.ts')).runScore(argv),
  },
  retention: {
    does: 'complete|hold|release|show|due|erase …   完結の日・保全・保存期限・廃棄 (retention だけで使い方)',
    run: async (argv) => (await import('./retention.ts')).runRetention(argv),
  },
  export: {
    does: '--case 案件 --out フォルダー --by 氏名   案件のすべての記録を書き出す (運営指導のため)',
    run: async (argv) => (await import('./export.ts')).runExport(argv),
  },
  trail: {
    does: '--case 案件 --by 氏名   案件をだれが見て、だれが変えたか',
    run: async (argv) => (await import('./export.ts')).runTrail(argv),
  },
  backup: {
    does: '[--data フォルダー] --to フォルダー   止めた受付の記録を写す',
    run: async (argv) => (await import('./backup.ts')).runBackup(argv),
  },
  restore: {
    does: '--from フォルダー [--data フォルダー]   写しを確かめて戻す',
    run: async (argv) => (await import('./backup.ts')).runRestore(argv),
  },
  guide: {
    does: '--city KEY [--event 理由] [--month YYYY-MM]   事業所向けの手引きを決まりから作る',
    run: async (argv) => (await import('./guide.ts')).runGuide(argv),
  },
  replay: {
    does: '決まりを変えたときに判定が変わる案件を調べる',
    run: async (argv) => (await import('./replay.ts')).runReplay(argv),
  },
  'cover-sheet': {
    does: '--city KEY --office 番号 --insured 番号 --month YYYY-MM [--out FILE]   QR付きの送付票を印刷する',
    run: async (argv) => (await import('./cover-sheet.ts')).runCoverSheet(argv),
  },
};

const [verb, ...argv] = process.argv.slice(2);
const chosen = verb ? VERBS[verb] : undefined;
if (!chosen) {
  const lines = Object.entries(VERBS).map(([name, { does }]) => `  ${name.padEnd(11)} ${does}`);
  process.stderr.write(
    `使い方: uketsuke <動詞> …\n${lines.join('\n')}\n` +
      '  AWS に配置した受付には --stack ファイル --by 氏名 (status registry redrive rebuild recover retention export trail replay)\n',
  );
  process.exitCode = verb === 'help' || verb === '--help' ? 0 : 2;
} else {
  process.exitCode = await chosen.run(argv);
}
