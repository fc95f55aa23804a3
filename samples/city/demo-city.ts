/** The synthetic city of the demo: a year of one city, so that the console has realistic data to show. */
export const DEMO_CITY = {
  city: 'kumamoto',
  people: 24,
  from: '2024-04',
  to: '2025-03',
  seed: '1',
  defects: 0.15,
} as const;
