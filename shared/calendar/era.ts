import { japanTime } from './japan-time.ts';

/** Dates as a letter or a screen writes them for people, in the Japanese era; ISO stays in files and keys. */
const date = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  era: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  timeZone: 'UTC',
});

/** 2024-05-31 → 令和6年5月31日; another text stays as it is */
export const eraDate = (iso: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(iso) ? write(iso) : iso);

/** A moment as a clock in Japan shows it: 令和8年6月12日 09:30 */
export const eraTime = (iso: string): string => {
  const [day = '', time = ''] = japanTime(iso).split(' ');
  return `${eraDate(day)} ${time}`;
};

/** 2024-05 → 令和6年5月; another text stays as it is */
export const eraMonth = (month: string): string =>
  /^\d{4}-\d{2}$/.test(month) ? write(`${month}-01`).replace(/1日$/, '') : month;

function write(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : date.format(time);
}
