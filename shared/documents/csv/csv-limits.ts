/**
 * Values that the CSV files of one packet may give together, each counted once for a person and plan. A packet is one
 * person's month and gives some hundreds; facts compare values with one another, so their cost grows faster than their
 * number. A count and not a time: the same papers are decided alike on every machine, also when they are decided again.
 */
export const MOST_READINGS = 20_000;
