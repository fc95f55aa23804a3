import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { Readings } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';

/** 評価表, 利用票, アセスメント, サービス担当者会議 and 基本チェックリスト. */
export function readRecords({ readings }: Pick<FactSources, 'readings'>): Found {
  const stamps = readings.of('stamped');
  const agreed = readings.of('video_agreed_item');
  return found([
    readFact('flags.hyoka_result', readings.of('hyoka_result')),
    readFact(
      'flags.riyohyo_stamped',
      stamps,
      stamps.some((r) => r.value === true),
    ),
    readFact('flags.assessment_home_visit', readings.of('assessment_home_visit').slice(0, 1)),
    readFact('flags.video_agreed_items', agreed, [...new Set(agreed.map((r) => String(r.value)))]),
    checklistAnswers(readings),
  ]);
}

/** Entries «number=score», as scores by number. */
function checklistAnswers(readings: Readings): Fact | undefined {
  const answers = readings.of('checklist_answer');
  const scores = answers.map((r) => String(r.value).split('=')).map(([no, score]) => [no, Number(score)]);
  return readFact('checklist_answers', answers, Object.fromEntries(scores));
}
