/** ******0101: enough to identify the person, too little for a bystander. */
export const masked = (number: string | null): string =>
  number ? '*'.repeat(Math.max(0, number.length - 4)) + number.slice(-4) : '不明';
