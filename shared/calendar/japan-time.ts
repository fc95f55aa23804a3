/** Days and hours are those of Japan, wherever the desk runs: an office's 23:30 is not the next day. */
const inJapan = (iso: string): string => new Date(Date.parse(iso) + 9 * 3_600_000).toISOString();

/** ISO time → ISO date in Japan. */
export const japanDate = (iso: string): string => inJapan(iso).slice(0, 10);

/** ISO time → 2026-06-12 09:30 in Japan. */
export const japanTime = (iso: string): string => inJapan(iso).slice(0, 16).replace('T', ' ');

/** ISO time → the hour of the day in Japan, 0–23. */
export const japanHour = (iso: string): number => Number(inJapan(iso).slice(11, 13));
