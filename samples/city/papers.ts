import { kihonChecklist } from '../lib/forms/checklist.ts';
import { juyoJiko, keiyakusho, kojinJohoDoisho } from '../lib/forms/contract.ts';
import { hihokenshasho } from '../lib/forms/hihokenshasho.ts';
import { hyokahyo } from '../lib/forms/hyoka.ts';
import { keikaKiroku } from '../lib/forms/keika.ts';
import { keikakusho } from '../lib/forms/keikakusho.ts';
import { kihonJoho } from '../lib/forms/kihon.ts';
import { assessmentSheet, kaigiRecord, kobetsuKeikaku, monitoringRecord } from '../lib/forms/records.ts';
import { beppyo, riyohyo } from '../lib/forms/riyohyo.ts';
import { todoke } from '../lib/forms/todoke.ts';
import type { Page } from '../lib/page.ts';
import type { Dossier } from './dossier.ts';

/** One form of a packet, drawn. */
export interface Form {
  /** its name at the office */
  name: string;
  key: string;
  pages: Page[];
}

/** Draws every form of a packet, in the order an office files them. */
export function drawForms(d: Dossier): Form[] {
  const { c, papers: p } = d;
  const forms: Form[] = [];
  const add = (key: string, name: string, pages: Page[]): void => {
    forms.push({ key, name, pages });
  };
  p.contracts.forEach((contract, i) => {
    add(`keiyakusho${i}`, p.contracts.length > 1 ? `契約書${i + 1}` : '契約書', keiyakusho(c, contract));
  });
  if (p.juyo) add('juyo', '重要事項説明書', juyoJiko(c, { center: c.center, ...p.juyo }));
  p.consents.forEach((consent, i) => {
    add(
      `doisho${i}`,
      p.consents.length > 1 ? `個人情報同意書${i + 1}` : '個人情報同意書',
      kojinJohoDoisho(c, consent),
    );
  });
  if (p.todoke) add('todoke', '届出書', todoke(c, p.todoke));
  if (p.card) add('card', '被保険者証', hihokenshasho(c));
  if (p.kihon) add('kihon', '利用者基本情報', kihonJoho(c));
  if (p.checklist)
    add(
      'checklist',
      p.checklist.again ? '基本チェックリスト（再実施）' : '基本チェックリスト',
      kihonChecklist(c),
    );
  if (p.assessment) add('assessment', 'アセスメント', assessmentSheet(c, p.assessment));
  if (p.plan) add('plan', '支援計画書', keikakusho(c, p.plan));
  if (p.riyohyo) add('riyohyo', '利用票', riyohyo(c, p.riyohyo));
  if (p.beppyo) add('beppyo', '利用票別表', beppyo(c, p.beppyo));
  if (p.kaigi) add('kaigi', 'サービス担当者会議の記録', kaigiRecord(c, p.kaigi));
  for (const index of p.kobetsu) {
    const service = c.planned[index];
    if (service) add(`kobetsu${index}`, '個別サービス計画書', kobetsuKeikaku(c, service, c.planFrom));
  }
  if (p.monitoring) add('monitoring', 'モニタリングの記録', monitoringRecord(c, p.monitoring));
  if (p.hyoka) add('hyoka', 'サービス評価表', hyokahyo(c, p.hyoka));
  if (p.keika) add('keika', '経過記録', keikaKiroku(c, p.keika.title, p.keika.entries));
  return forms;
}
