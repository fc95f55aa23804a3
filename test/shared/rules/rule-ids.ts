/**
 * Every rule of the five sources by city and by who decides it: the 222 of the project's list of rules.
 * auto: the desk decides · human: a line of the reviewer's checklist · out: not visible to document intake ·
 * config: a value the city supplies.
 */
interface CityRules {
  prefix: string;
  auto: number[];
  human: number[];
  out: number[];
  config: number[];
}

/** "1-4 6" → 1, 2, 3, 4, 6 */
const numbers = (text: string): number[] =>
  text.split(' ').flatMap((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return Array.from({ length: to! - from! + 1 }, (_, i) => from! + i);
  });

export const RULE_IDS: Record<string, CityRules> = {
  iwaki: {
    prefix: 'IWK',
    auto: numbers('1-7 9 11-19 21 24-29 31-32'),
    human: numbers('10 22-23'),
    out: numbers('8 20 30'),
    config: [],
  },
  mito: {
    prefix: 'MIT',
    auto: numbers('1-7 9-11 13-17 19-22'),
    human: numbers('8 12 18'),
    out: [],
    config: [],
  },
  okayama: {
    prefix: 'OKY',
    auto: numbers('1-2 4 7-8 10-13 16-19 21 23-27 29 32 34-42 44-51 53-57 60 62-66'),
    human: numbers('6 9 15 20 22 28 43 52 58-59 61'),
    out: numbers('3 5 14 30-31 33'),
    config: [],
  },
  nobeoka: {
    prefix: 'NOB',
    auto: numbers('1-2 6 8 11 13 15-17 19-22 24 27 29 31 39 45-49 51-52 54-58 60-62 64-73 75 78-81'),
    human: numbers('9-10 28 30 32-33 50 53 63 74 76-77'),
    out: numbers('3-5 7 12 14 18 23 25-26 34-38 40-44 59'),
    config: [],
  },
  kumamoto: {
    prefix: 'KMM',
    auto: numbers('1-7 9-13 15-17 21'),
    human: numbers('8 14 18'),
    out: [],
    config: numbers('19-20'),
  },
};

const ruleId = (city: string, number: number): string =>
  `${RULE_IDS[city]!.prefix}-R${String(number).padStart(2, '0')}`;

export const idsOf = (city: string, ...kinds: (keyof Omit<CityRules, 'prefix'>)[]): string[] =>
  kinds.flatMap((kind) => RULE_IDS[city]![kind]).map((n) => ruleId(city, n));
