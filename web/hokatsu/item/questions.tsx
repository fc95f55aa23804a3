import { FindingText } from '../../shared/findings/findings.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Failed } from '../../shared/ui/states.tsx';
import { type Item, useAct } from './item-query.ts';
import type { PartProps } from './part-props.ts';

/** The findings one by one, each answered where it asks for a look. */
export function Questions({ detail: { item }, mayAct, onOpen }: PartProps) {
  const act = useAct(item.packet_id, 'answer');
  const answer = (key: string, remember: boolean) =>
    act.mutate({
      json: { answers: [{ kind: 'finding', key, holds: true, remember }] },
      done: '確かめたことを記録しました。判定し直します。',
    });
  if (item.findings.length === 0) return null;
  return (
    <section>
      <h2>指摘</h2>
      {act.error && <Failed error={act.error} />}
      <ol className="findings">
        {item.findings.map((finding) => (
          <li key={finding.key}>
            <FindingText finding={finding} onOpen={onOpen} />
            {mayAct && isQuestion(finding) && !item.about_packet && (
              <div className="answers">
                <Button isDisabled={act.isPending} onPress={() => answer(finding.key, false)}>
                  確かめた（問題なし）
                </Button>
                <Button kind="plain" isDisabled={act.isPending} onPress={() => answer(finding.key, true)}>
                  この方について、内容が変わるまで次からは聞かない
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      {item.findings_total > item.findings.length && (
        <p className="soft">ほかに {item.findings_total - item.findings.length}件あります。</p>
      )}
    </section>
  );
}

type Finding = Item['findings'][number];

/** Values of pictures have a part of their own. */
const isQuestion = ({ severity, readings }: Finding): boolean =>
  (severity === 'review' || severity === 'warn') && !readings;
