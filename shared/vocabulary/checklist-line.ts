/** What names a line of a checklist in the acts on it. */
export const checklistLine = ({ rule, question }: { rule: string; question: string }): string =>
  `${rule} ${question}`;
