import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { sentPage, shownPage } from '../../shared/findings/own-pages.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { type Box, findText, turned } from './boxes.ts';
import type { StoredFile } from './documents-query.ts';
import { isSameMark, type Mark } from './evidence.ts';
import { type PageImage, pageQuery } from './pages-query.ts';
import { SheetPaper } from './sheet-paper.tsx';

interface Props {
  packetId: string;
  file: StoredFile;
  /** its number in the file as it was sent */
  page: number;
  onPage: (page: number) => void;
  /** places on this page; the chosen one is shown strongly */
  marks: readonly Mark[];
  chosen: Mark | null;
}

const ZOOMS = [50, 75, 100, 150, 200, 300];

/** One page of a PDF, a picture or an Office file: turned, enlarged, with the places that values were read from. */
export function PageView({ packetId, file, page, onPage, marks, chosen }: Props) {
  const query = useQuery(pageQuery(packetId, file, page));
  const own = file.own_pages;
  const shown = shownPage(own, page);
  const [quarters, setQuarters] = useState(0);
  const [zoom, setZoom] = useState(100);
  const step = (by: 1 | -1): void => {
    const next = ZOOMS[ZOOMS.indexOf(zoom) + by];
    if (next) setZoom(next);
  };
  return (
    <div className="page-view">
      <div className="page-tools" role="toolbar" aria-label="ページの操作">
        <Button isDisabled={shown <= 1} onPress={() => onPage(sentPage(own, shown - 1))}>
          前へ
        </Button>
        <span className="page-number">
          {shown}／{query.data?.count ?? '…'}ページ{own && `（送られたファイルの${page}ページ）`}
        </span>
        <Button
          isDisabled={!query.data || shown >= query.data.count}
          onPress={() => onPage(sentPage(own, shown + 1))}
        >
          次へ
        </Button>
        <Button aria-label="縮小" isDisabled={zoom === ZOOMS[0]} onPress={() => step(-1)}>
          −
        </Button>
        <span className="page-number">{zoom}％</span>
        <Button aria-label="拡大" isDisabled={zoom === ZOOMS.at(-1)} onPress={() => step(1)}>
          ＋
        </Button>
        {!query.data?.sheet && <Button onPress={() => setQuarters((quarters + 1) % 4)}>回転</Button>}
        {query.data?.sheet?.name && <strong>シート「{query.data.sheet.name}」</strong>}
      </div>
      <Loaded query={query}>
        {(drawn) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keyboard
          <section className="page-scroll" tabIndex={0} aria-label="書類の画像">
            <div className="page-paper" style={{ width: `${zoom}%` }}>
              {drawn.sheet ? (
                <SheetPaper sheet={drawn.sheet} label={`${file.path} ${page}ページ`} />
              ) : (
                <Paper image={drawn.image} quarters={quarters} label={`${file.path} ${page}ページ`} />
              )}
              <Marks shown={drawn} marks={marks} chosen={chosen} quarters={drawn.sheet ? 0 : quarters} />
            </div>
          </section>
        )}
      </Loaded>
    </div>
  );
}

/** The picture of a page, drawn once and turned. */
function Paper({ image, quarters, label }: { image: ImageBitmap; quarters: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawTurned(canvas.current, image, quarters);
  }, [image, quarters]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

function drawTurned(canvas: HTMLCanvasElement, image: ImageBitmap, quarters: number): void {
  const isOnSide = quarters % 2 === 1;
  canvas.width = isOnSide ? image.height : image.width;
  canvas.height = isOnSide ? image.width : image.height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((quarters * Math.PI) / 2);
  context.drawImage(image, -image.width / 2, -image.height / 2);
}

/** Frames around the places. The chosen one is scrolled into view. */
function Marks(props: Pick<Props, 'marks' | 'chosen'> & { shown: PageImage; quarters: number }) {
  const { shown, marks, chosen, quarters } = props;
  const strong = useRef<HTMLDivElement>(null);
  const key = JSON.stringify(chosen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is chosen
  useEffect(() => {
    strong.current?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }, [key, shown]);
  return marks.flatMap((mark) => {
    const isChosen = isSameMark(chosen, mark);
    return boxesOf(mark, shown).map((box, n) => (
      <div
        key={`${mark.label} ${JSON.stringify(mark.where)} ${mark.raw} ${box.join(' ')}`}
        ref={isChosen && n === 0 ? strong : undefined}
        className={isChosen ? 'mark chosen' : 'mark'}
        style={styleOf(turned(box, quarters))}
        title={mark.label}
      />
    ));
  });
}

const boxesOf = ({ where, raw }: Mark, { text }: PageImage): Box[] =>
  where.box ? [where.box] : raw === undefined ? [] : findText(raw, text);

/** Room around a box, as a fraction of the page. */
const MARGIN = 0.004;
const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)}%`;
const styleOf = ([x, y, w, h]: Box) => ({
  left: percent(x - MARGIN),
  top: percent(y - MARGIN),
  width: percent(w + 2 * MARGIN),
  height: percent(h + 2 * MARGIN),
});
