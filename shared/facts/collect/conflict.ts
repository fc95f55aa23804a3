import { type Finding, fileFinding } from '../../findings/finding.ts';

/** Two documents disagree about something only a 被保険者証 can settle. */
export const conflict = (what: string, where: Finding['where'], values: string): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    where,
    `${what}が書類の間で違います（${values}）。`,
    '被保険者証で確かめ、違っている書類を直して出し直してください。',
  );
