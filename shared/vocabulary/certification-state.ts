/**
 * 認定状況区分 as papers and CSV code it, and the state of the certification it means: an application whose result is
 * open, or a result that is known.
 */
export const CERTIFICATION_STATES: Readonly<Record<string, 'applied' | 'settled'>> = {
  '1': 'applied',
  '2': 'settled',
};
