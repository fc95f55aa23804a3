import { useState } from 'react';
import type { Citation as CitationOfLaw } from '../../../shared/findings/finding.ts';
import { Button } from '../ui/button.tsx';
import { PassageDialog } from './passage-dialog.tsx';

interface Props {
  citation: CitationOfLaw;
  /** the rules that rest on it, the one that was raised first */
  rules: readonly string[];
  /** whose rules they are; without a city, or without rules, there is nothing to open */
  city: string | null | undefined;
}

/** Where a rule is written, and what it says there. `title` names the document, `place` the article, question or heading. */
export function Citation({ citation, rules, city }: Props) {
  const [isOpen, setOpen] = useState(false);
  const text = `${citation.title} ${citation.place}`;
  if (!city || rules.length === 0) return <cite className="citation">{text}</cite>;
  return (
    <cite className="citation">
      <Button kind="plain" onPress={() => setOpen(true)}>
        {text}
      </Button>
      <span className="rule-ids">（{rules.join('、')}）</span>
      {isOpen && (
        <PassageDialog city={city} rules={rules} citation={citation} onClose={() => setOpen(false)} />
      )}
    </cite>
  );
}
