import { Hono } from 'hono';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import {
  CALENDAR_KINDS,
  type CalendarKind,
  type CalendarLine,
  LOOK_AHEAD,
  readCalendar,
} from '../../shared/records/views/calendar.ts';
import { auditRead } from './audit-access.ts';
import { requireArea } from './caller.ts';
import { downloadCsv } from './download.ts';
import { type Env, PAGE } from './env.ts';
import { query } from './inputs.ts';
import { areaKey, knownCity } from './params.ts';

const TEXTS: Record<CalendarKind, string> = {
  review: '確認の期限',
  watch: '書類の期限',
  claim: '国保連への請求（まだ受理されていない書類）',
  certification: '認定の終わり',
  plan: '計画期間の終わり',
  retention: '保存期間の終わり',
};

const textOf = ({ kind, what }: CalendarLine): string => (what ? `${TEXTS[kind]}：${what}` : TEXTS[kind]);

const rowOf = (line: CalendarLine): string[] => [
  ...[line.on, textOf(line), line.insured_number ?? '', line.name ?? '', line.month, line.office],
];

/**
 * The days to keep in an area: reviews, papers that have to follow, certifications that end. `kind` narrows the list, of
 * which `PAGE` are answered; the counts are of all. `format=csv`: the whole list as a table.
 */
export const calendar = new Hono<Env>().get(
  '/calendar/:city/:area',
  query('kind', 'format', 'encoding'),
  async (c) => {
    const { deps, caller } = c.var;
    const city = knownCity(c.req.param('city'));
    const area = areaKey(c.req.param('area'));
    requireArea(caller, city, area);
    await auditRead(c, auditOf.queue(city, area));
    const today = japanDate(deps.now().toISOString());
    const all = await readCalendar(deps.store, { city, area }, today);
    const { kind, format } = c.req.valid('query');
    const lines = all.filter((line) => !kind || line.kind === kind);
    if (format === 'csv')
      return downloadCsv(
        c,
        `期日の一覧_${today}`,
        ['期日', '内容', '被保険者番号', '氏名', '提供月', '事業所番号'],
        lines.map(rowOf),
      );
    return c.json({
      ...{ city, area, today, days_ahead: LOOK_AHEAD, total: lines.length },
      counts: {
        all: all.length,
        overdue: all.filter(({ on }) => on < today).length,
        ...Object.fromEntries(
          CALENDAR_KINDS.map((key) => [key, all.filter((one) => one.kind === key).length]),
        ),
      } as Record<CalendarKind | 'all' | 'overdue', number>,
      lines: lines.slice(0, PAGE).map((line) => ({ ...line, text: textOf(line) })),
    });
  },
);
