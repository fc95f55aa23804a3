/** This month and those before it, the newest first, as YYYY-MM. */
export function lastMonths(count: number, now = new Date()): string[] {
  const months: string[] = [];
  for (let n = 0; n < count; n++) {
    const day = new Date(now.getFullYear(), now.getMonth() - n, 1);
    months.push(`${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}`);
  }
  return months;
}
