import type { DocumentKind } from '../../vocabulary/document-kinds.ts';
import type { Reading } from '../document.ts';
import type { PageText } from '../pages/page-text.ts';
import { assessmentReader } from './assessment-sheet.ts';
import { coverSheetReader } from './cover-sheet.ts';
import { personReadings } from './fields/person.ts';
import type { FormReader } from './fields/readings.ts';
import { labelsOf } from './form-catalogue.ts';
import { insuranceCardReader } from './hihokenshasho.ts';
import { hyokaReader } from './hyokahyo.ts';
import { notificationReader } from './kaigo-yobo-todoke.ts';
import { keikaReader } from './keika-kiroku.ts';
import { contractReader } from './keiyakusho.ts';
import { checklistReader } from './kihon-checklist.ts';
import { consentReader, setsumeishoReader, videoConsentReader } from './kojin-joho-doisho.ts';
import { claimReader } from './kyufu-kanrihyo.ts';
import { monitoringReader } from './monitoring-record.ts';
import { beppyoReader, riyohyoReader } from './riyohyo.ts';
import { kihonJohoReader } from './riyosha-kihon-joho.ts';
import { shienKeikakushoReader } from './shien-keikakusho.ts';
import { meetingReader } from './tantosha-kaigi-record.ts';
import { formText } from './text/form-text.ts';

/** Which reader a kind has. Kinds without one give the person and nothing else. */
const READERS: Partial<Record<DocumentKind, FormReader>> = {
  riyosha_kihon_joho: kihonJohoReader,
  shien_keikakusho: shienKeikakushoReader,
  zantei_plan: shienKeikakushoReader,
  keika_kiroku: keikaReader,
  shien_keika: keikaReader,
  hyokahyo: hyokaReader,
  hyoka_record: hyokaReader,
  kaigo_yobo_todoke: notificationReader,
  sogo_jigyo_todoke: notificationReader,
  kyotaku_todoke: notificationReader,
  riyohyo: riyohyoReader,
  riyohyo_beppyo: beppyoReader,
  teikyohyo: riyohyoReader,
  kihon_checklist: checklistReader,
  kihon_checklist_new: checklistReader,
  assessment_sheet: assessmentReader,
  assessment_record: assessmentReader,
  hihokenshasho: insuranceCardReader,
  keiyakusho: contractReader,
  juyo_jiko_setsumeisho: setsumeishoReader,
  kojin_joho_doisho: consentReader,
  video_doisho: videoConsentReader,
  tantosha_kaigi_record: meetingReader,
  monitoring_record: monitoringReader,
  cover_sheet: coverSheetReader,
  kyufu_kanrihyo: claimReader,
  seikyusho: claimReader,
  kaigo_kyufuhi_seikyusho_meisaisho: claimReader,
  sogo_jigyohi_seikyusho_meisaisho: claimReader,
};

/** Everything a recognised form says, by its reader. `title` is what was printed. */
export function readForm(file: string, kind: DocumentKind, title: string, pages: PageText[]): Reading[] {
  const form = formText(file, pages, labelsOf(kind));
  const read = READERS[kind] ?? personReadings;
  return read(form, title);
}
