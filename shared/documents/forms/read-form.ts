import type { DocumentKind } from '../../vocabulary/document-kinds.ts';
import type { Reading } from '../document.ts';
import type { PageText } from '../pages/page-text.ts';
import { assessmentSheetReader } from './assessment-sheet.ts';
import { coverSheetReader } from './cover-sheet.ts';
import { personReadings } from './fields/person.ts';
import type { FormReader } from './fields/readings.ts';
import { labelsOf } from './form-catalogue.ts';
import { hihokenshashoReader } from './hihokenshasho.ts';
import { hyokahyoReader } from './hyokahyo.ts';
import { juyoJikoSetsumeishoReader } from './juyo-jiko-setsumeisho.ts';
import { notificationReader } from './kaigo-yobo-todoke.ts';
import { keikaKirokuReader } from './keika-kiroku.ts';
import { keiyakushoReader } from './keiyakusho.ts';
import { kihonChecklistReader } from './kihon-checklist.ts';
import { kojinJohoDoishoReader } from './kojin-joho-doisho.ts';
import { kyufuKanrihyoReader } from './kyufu-kanrihyo.ts';
import { monitoringRecordReader } from './monitoring-record.ts';
import { riyohyoReader } from './riyohyo.ts';
import { riyohyoBeppyoReader } from './riyohyo-beppyo.ts';
import { riyoshaKihonJohoReader } from './riyosha-kihon-joho.ts';
import { shienKeikakushoReader } from './shien-keikakusho.ts';
import { tantoshaKaigiRecordReader } from './tantosha-kaigi-record.ts';
import { formText } from './text/form-text.ts';
import { videoDoishoReader } from './video-doisho.ts';

/** The reader of each kind, in the file named after the kind it is written for. Any other kind gives only the person. */
const READERS: Partial<Record<DocumentKind, FormReader>> = {
  riyosha_kihon_joho: riyoshaKihonJohoReader,
  shien_keikakusho: shienKeikakushoReader,
  zantei_plan: shienKeikakushoReader,
  keika_kiroku: keikaKirokuReader,
  shien_keika: keikaKirokuReader,
  hyokahyo: hyokahyoReader,
  hyoka_record: hyokahyoReader,
  kaigo_yobo_todoke: notificationReader,
  sogo_jigyo_todoke: notificationReader,
  kyotaku_todoke: notificationReader,
  riyohyo: riyohyoReader,
  riyohyo_beppyo: riyohyoBeppyoReader,
  teikyohyo: riyohyoReader,
  kihon_checklist: kihonChecklistReader,
  kihon_checklist_new: kihonChecklistReader,
  assessment_sheet: assessmentSheetReader,
  assessment_record: assessmentSheetReader,
  hihokenshasho: hihokenshashoReader,
  keiyakusho: keiyakushoReader,
  juyo_jiko_setsumeisho: juyoJikoSetsumeishoReader,
  kojin_joho_doisho: kojinJohoDoishoReader,
  video_doisho: videoDoishoReader,
  tantosha_kaigi_record: tantoshaKaigiRecordReader,
  monitoring_record: monitoringRecordReader,
  cover_sheet: coverSheetReader,
  kyufu_kanrihyo: kyufuKanrihyoReader,
  seikyusho: kyufuKanrihyoReader,
  kaigo_kyufuhi_seikyusho_meisaisho: kyufuKanrihyoReader,
  sogo_jigyohi_seikyusho_meisaisho: kyufuKanrihyoReader,
};

/** All readings of a recognised form, by its reader. `title` is as printed. */
export function readForm(file: string, kind: DocumentKind, title: string, pages: PageText[]): Reading[] {
  const form = formText(file, pages, labelsOf(kind));
  const read = READERS[kind] ?? personReadings;
  return read(form, title);
}
