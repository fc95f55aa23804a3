/** The middle one of some numbers by their size; 0 where there are none. */
export const median = (values: number[]): number =>
  new Float64Array(values).sort()[Math.floor(values.length / 2)] ?? 0;
