import type { Where } from '../../../shared/findings/finding.ts';
import { placeText } from '../../../shared/findings/place-text.ts';
import { Button } from '../ui/button.tsx';

/** File, page or row of a finding; a button where the document can be opened. */
export function Place({ where, onOpen }: { where: Where; onOpen?: ((where: Where) => void) | undefined }) {
  const text = [placeText(where), where.column_name && `「${where.column_name}」`].filter(Boolean).join(' ');
  return (
    <span className="place">
      {onOpen ? (
        <Button kind="plain" onPress={() => onOpen(where)}>
          {text}
        </Button>
      ) : (
        text
      )}
    </span>
  );
}
