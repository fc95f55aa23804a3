import { boxOnPage } from './boxes.ts';
import type { OfficeSheet } from './documents-query.ts';
import { letterSize, roomOf } from './sheet-letters.ts';

/** A page of an Office file as the desk read it: each text in its place, in the box of its cell. */
export function SheetPaper({ sheet, label }: { sheet: OfficeSheet; label: string }) {
  return (
    <>
      <div
        className="sheet-paper"
        role="document"
        aria-label={label}
        style={{ aspectRatio: `${sheet.width} / ${sheet.height}` }}
      >
        {sheet.cells.map((cell) => (
          <Cell key={`${cell.x} ${cell.y} ${cell.text}`} cell={cell} sheet={sheet} />
        ))}
      </div>
      {sheet.struck.length > 0 && <p role="note">線で消された文字：{sheet.struck.join('、')}</p>}
      {sheet.more > 0 && (
        <p role="note">
          このシートにはほかに {sheet.more}{' '}
          個のセルがあります。ファイルを保存し、作ったソフトで開いてください。
        </p>
      )}
    </>
  );
}

function Cell({ cell, sheet }: { cell: OfficeSheet['cells'][number]; sheet: OfficeSheet }) {
  const width = cell.isBox ? roomOf(cell, sheet) : sheet.width - cell.x;
  const [left, top, , height] = boxOnPage(cell, sheet);
  const size = cell.isBox ? letterSize(cell, width) : cell.size;
  return (
    <div
      className={cell.isBox ? 'sheet-cell box' : 'sheet-cell'}
      style={{
        ...{ left: `${left * 100}%`, top: `${top * 100}%`, width: `${(width / sheet.width) * 100}%` },
        ...(cell.isBox && { height: `${height * 100}%` }),
        fontSize: `${(size / sheet.width) * 100}cqw`,
      }}
    >
      {cell.text}
    </div>
  );
}
