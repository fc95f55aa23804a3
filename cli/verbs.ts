/** Every verb with its line in the list of verbs. */
export const VERBS = {
  start: '受付を一台で動かす (指定がなければ見本を流す)',
  check: '送る前に調べる (記録しない)',
  decide: '事実から判定だけを行う',
  submit: '動いている受付に送り、結果を待つ',
  status: 'いまどうなっているか',
  supplement: '送った書類一式に、書類を加える、差し替える',
  withdraw: '送った書類一式を取り下げる',
  review: '確認待ちを見る、担当する、確認を終える',
  registry: '登録簿を取り込む',
  people: '名簿から、サインインできる人を決める',
  redrive: '退避されたメッセージを戻す (指定がなければ件数だけを示す)',
  'give-up': '終えられない受付を閉じ、送った人に送り直しを求める',
  rebuild: '元の記録（events）から、案件・確認待ち・通知・集計を作り直す',
  recover: 'バケットにあって記録にないアップロードを、受付に知らせる (復元のあと)',
  generate: '答えの分かっている合成の市を作る',
  score: '合成の市を受付に通し、あるべき答えと比べる',
  retention: '完結の日・保全・保存期限・廃棄',
  export: '案件のすべての記録を書き出す (運営指導のため)',
  trail: '案件をだれが見て、だれが変えたか',
  backup: '止めた受付の記録のバックアップを取る',
  restore: 'バックアップを確かめて戻す',
  guide: '事業所向けの手引きを規則から作る',
  replay: '規則を変えたときに判定が変わる案件を調べる',
  'cover-sheet': 'QR付きの送付票を印刷する',
} as const;

export type VerbName = keyof typeof VERBS;

export const isVerb = (name: string | undefined): name is VerbName =>
  name !== undefined && Object.hasOwn(VERBS, name);
