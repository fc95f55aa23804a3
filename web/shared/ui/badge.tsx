import type { ReactNode } from 'react';

/** Tones of a state. The word says it; the colour only helps. */
export type Tone = 'good' | 'wait' | 'bad' | 'soft';

export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`badge ${tone}`}>{children}</span>;
}

const DECISION_TONES: Record<string, Tone> = { accept: 'good', review: 'wait', return: 'bad' };
const SEVERITY_TONES: Record<string, Tone> = { error: 'bad', warn: 'wait', review: 'wait', info: 'soft' };

export const decisionTone = (decision: string): Tone => DECISION_TONES[decision] ?? 'soft';
export const severityTone = (severity: string): Tone => SEVERITY_TONES[severity] ?? 'soft';
