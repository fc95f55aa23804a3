import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Where } from '../../../shared/findings/finding.ts';
import { api } from '../../shared/api/api.ts';

interface Props {
  packet: string;
  where: Where;
  label: string;
}

/** The place on a picture that a value was read from. A page of a PDF is opened in the documents instead. */
export function PageCrop({ packet, where, label }: Props) {
  const { data: picture } = useQuery({
    queryKey: ['picture', packet, where.file],
    queryFn: () => pictureOf(packet, where.file ?? ''),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: where.box !== undefined,
  });
  const size = useSize(picture ?? null);
  if (!picture || !size || !where.box) return null;
  const [x, y, w, h] = withMargin(where.box);
  return (
    <svg
      className="crop"
      role="img"
      aria-label={`${label}の画像`}
      viewBox={`${x * size.width} ${y * size.height} ${w * size.width} ${h * size.height}`}
    >
      <image href={picture} width={size.width} height={size.height} />
    </svg>
  );
}

/** Address of the bytes of an image; null for a file that is none. */
async function pictureOf(packet: string, path: string): Promise<string | null> {
  const { files } = await (await api.packets[':id'].files.$get({ param: { id: packet } })).json();
  const file = files.find((one) => one.path === path);
  if (file?.media !== 'image' || file.state !== 'stored') return null;
  const bytes = await api.packets[':id'].files[':file'].$get({
    param: { id: packet, file: file.file },
    query: {},
  });
  return bytes.ok ? URL.createObjectURL(await bytes.blob()) : null;
}

function useSize(picture: string | null): { width: number; height: number } | null {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    if (!picture) return;
    const image = new Image();
    image.onload = () => setSize({ width: image.naturalWidth, height: image.naturalHeight });
    image.src = picture;
  }, [picture]);
  return size;
}

/** What is around a value helps to read it: half its height on each side, and some of the label before it. */
function withMargin([x, y, w, h]: NonNullable<Where['box']>): [number, number, number, number] {
  const left = Math.max(0, x - 0.12);
  const top = Math.max(0, y - h / 2);
  return [left, top, Math.min(1 - left, w + 0.16), Math.min(1 - top, h * 2)];
}
