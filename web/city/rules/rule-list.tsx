import { Link } from 'react-router';
import { useWords } from '../../shared/api/session.ts';
import { Quotes } from '../../shared/findings/quotes.tsx';
import { dayText } from '../../shared/text/dates.ts';
import { word } from '../../shared/text/word.ts';
import { SeverityBadge } from '../../shared/ui/decision-badge.tsx';
import { NumberLink } from '../numbers/number-link.tsx';
import type { ListedRule } from './rules-queries.ts';
import './rules.css';

interface Props {
  title: string;
  city: string;
  month: string | null;
  rules: ListedRule[];
  /** returned packets of the month by rule */
  returned: Map<string, number>;
}

export function RuleList({ title, rules, ...of }: Props) {
  if (rules.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="rules">
        {rules.map((rule) => (
          <li key={`${rule.rule} ${rule.part} ${rule.from} ${rule.summary}`}>
            <RuleCard rule={rule} {...of} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RuleCard({ rule, city, month, returned }: Omit<Props, 'title' | 'rules'> & { rule: ListedRule }) {
  const words = useWords();
  const count = returned.get(rule.rule) ?? 0;
  const raises = [...new Map(rule.raises.map((one) => [`${one.code} ${one.severity}`, one])).values()];
  return (
    <details className="rule">
      <summary>
        <span className="rule-number">{rule.rule}</span>
        <span>{rule.summary}</span>
        {count > 0 && month && <span className="rule-count">返戻 {count} 件</span>}
      </summary>
      <Quotes quotes={rule.quotes} cite={`${rule.citation.title} ${rule.citation.place}`} />
      <dl className="finding-details">
        {count > 0 && month && (
          <>
            <dt>返戻</dt>
            <dd>
              <NumberLink
                asked={{ city, month, of: 'returned_rules', key: rule.rule, area: null }}
                count={count}
                label={`${rule.rule} で返戻となった件数`}
              />{' '}
              件
            </dd>
          </>
        )}
        <dt>根拠</dt>
        <dd>
          {rule.url ? (
            <a href={rule.url} target="_blank" rel="noreferrer">
              {rule.citation.title}
            </a>
          ) : (
            rule.citation.title
          )}{' '}
          {rule.citation.place}
        </dd>
        <dt>適用</dt>
        <dd>
          {dayText(rule.from)}から{rule.to ? `${dayText(rule.to)}まで` : ''}
        </dd>
        <dt>当てはまる場合</dt>
        <dd>{rule.when || 'すべての月'}</dd>
        {rule.unless && (
          <>
            <dt>除く場合</dt>
            <dd>{rule.unless}</dd>
          </>
        )}
        {raises.length > 0 && (
          <>
            <dt>守られないとき</dt>
            <dd>
              {raises.map(({ code, severity }) => (
                <div key={`${code} ${severity}`}>
                  <SeverityBadge severity={severity} /> {word(words.codes, code)}
                </div>
              ))}
            </dd>
          </>
        )}
        {rule.checklist && (
          <>
            <dt>人が確かめること</dt>
            <dd>{rule.checklist}</dd>
          </>
        )}
        {rule.note && (
          <>
            <dt>補足</dt>
            <dd>{rule.note}</dd>
          </>
        )}
        <dt>免除</dt>
        <dd>
          {rule.why_not_waivable ?? (
            <Link to={`/city/waivers?${new URLSearchParams({ city, rule: rule.rule })}`}>
              この規則を免除する
            </Link>
          )}
        </dd>
      </dl>
    </details>
  );
}
