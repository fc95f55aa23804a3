import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Box } from './boxes.ts';
import { filesQuery, type StoredFile } from './documents-query.ts';
import type { Mark } from './evidence.ts';
import { pageQuery } from './pages-query.ts';

/** What was read by OCR, as it is on the page: the picture of the value beside the value. */
export function Crop({ packetId, mark }: { packetId: string; mark: Mark }) {
  const files = useQuery(filesQuery(packetId));
  const file = files.data?.files.find(({ path, state }) => path === mark.where.file && state === 'stored');
  if (!file || !mark.where.box || file.media === 'csv' || file.media === 'other') return null;
  return <CropOfPage packetId={packetId} file={file} mark={mark} box={mark.where.box} />;
}

function CropOfPage(props: { packetId: string; file: StoredFile; mark: Mark; box: Box }) {
  const { packetId, file, mark, box } = props;
  const { data } = useQuery(pageQuery(packetId, file, mark.where.page ?? 1));
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (data?.image && canvas.current) drawCrop(canvas.current, data.image, withMargin(box));
  }, [data, box]);
  return <canvas ref={canvas} className="crop" role="img" aria-label={`${mark.label}の画像`} />;
}

function drawCrop(canvas: HTMLCanvasElement, image: ImageBitmap, [x, y, w, h]: Box): void {
  const [left, top] = [x * image.width, y * image.height];
  canvas.width = Math.max(1, Math.round(w * image.width));
  canvas.height = Math.max(1, Math.round(h * image.height));
  canvas.getContext('2d')?.drawImage(image, -left, -top);
}

/** What is around a value helps to read it: half its height on each side, and some of the label before it. */
function withMargin([x, y, w, h]: Box): Box {
  const left = Math.max(0, x - 0.12);
  const top = Math.max(0, y - h / 2);
  return [left, top, Math.min(1 - left, w + 0.16), Math.min(1 - top, h * 2)];
}
