/** What a packet is for, as a clerk reads it. Keys: the fact vocabulary (`event`). */
export const EVENT_NAMES: Record<string, string> = {
  new: '新規',
  continuing: '継続',
  plan_renewed: '計画の更新',
  plan_fixed: '計画の確定後',
  plan_changed_midterm: '期間途中の計画変更',
  plan_period_end: '計画期間の満了',
  category_switch: '区分の切り替え',
  itaku_to_direct: '委託から直接実施への移行',
  designation: '新規の指定',
  cert_renewal: '認定の更新',
  kubun_henko: '区分変更',
  kubun_henko_applied: '区分変更の申請',
  kubun_henko_result: '区分変更の結果',
  to_jigyo_taishosha: '事業対象者への移行',
  to_yokaigo: '要介護への移行',
  claim: '請求',
  monitoring: 'モニタリング',
  retention: '書類の保管',
  compliance: '事業所の点検',
  aggregation: '圏域の集計',
};
export const eventName = (event: string): string => EVENT_NAMES[event] ?? event;
