import type { CoverQuestion } from '../../../shared/decision/cover-questions.ts';
import { enteredValue } from '../../shared/facts/fact-field.tsx';

export type Cover = Record<string, unknown>;

/** What may be stated of a packet, and what its 送付票 states already. */
export interface CoverForm {
  questions: CoverQuestion[];
  written: Cover;
}

/** What was entered, by item of the 送付票. */
export type Entered = Record<string, string>;

export const isFilled = (entered: Entered): boolean =>
  Object.values(entered).some((text) => text.trim() !== '');

/** The value of an item: `event`, or `flags.contacted_hokatsu` as a member of a group. */
export function itemOf(cover: Cover, item: string): unknown {
  const [group = '', member] = item.split('.');
  return member === undefined ? cover[group] : (cover[group] as Cover | undefined)?.[member];
}

/** The 送付票 with what was entered; the other items stay. */
export const filledCover = ({ questions, written }: CoverForm, entered: Entered): Cover =>
  questions.reduce<Cover>((cover, question) => {
    const text = entered[question.item];
    return text ? withItem(cover, question.item, enteredValue(question, text)) : cover;
  }, written);

function withItem(cover: Cover, item: string, value: unknown): Cover {
  const [group = '', member] = item.split('.');
  if (member === undefined) return { ...cover, [group]: value };
  return { ...cover, [group]: { ...(cover[group] as Cover | undefined), [member]: value } };
}

export const coverFile = (cover: Cover): File => new File([JSON.stringify(cover, null, 2)], 'packet.json');
