import type { Where } from '../../../shared/findings/finding.ts';
import type { Detail } from './item-query.ts';

/** What every part of an item gets. */
export interface PartProps {
  detail: Detail;
  mayAct: boolean;
  /** shows a place in the documents */
  onOpen: (where: Where) => void;
}
