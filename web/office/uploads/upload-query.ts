import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

type Page = Awaited<ReturnType<typeof uploadPage>>;
type Packets = Page['packets'];
/** An upload with all its packets. */
export type Upload = Page & { packets: Packets };
export type PacketOfUpload = Packets[number];

const uploadPage = (id: string, after?: string) =>
  answer(api.uploads[':id'].$get({ param: { id }, query: after === undefined ? {} : { after } }));

/** The upload with all pages of its packets. */
async function wholeUpload(id: string): Promise<Upload> {
  const first = await uploadPage(id);
  const packets: Packets = [...first.packets];
  for (let { next } = first; next; ) {
    const page = await uploadPage(id, next);
    packets.push(...page.packets);
    next = page.next;
  }
  return { ...first, packets };
}

/** Every packet has its last answer: also those whose pictures are read after the first. */
const isFinal = (upload: Upload): boolean =>
  upload.state === 'finished' && upload.packets.every(({ pictures }) => pictures === null);

/** Milliseconds between two questions: short while the first answer is awaited. */
const pause = (upload: Upload | undefined): number | false =>
  upload && isFinal(upload) ? false : upload?.state === 'finished' ? 4000 : 1500;

/** Asked again until every packet has its last answer. */
export const uploadQuery = (id: string) =>
  queryOptions({
    queryKey: ['upload', id],
    queryFn: () => wholeUpload(id),
    refetchInterval: ({ state }) => pause(state.data),
  });
