import { queryOptions } from '@tanstack/react-query';
import { answer, operateApi } from '../api/api.ts';

/** Which uploads: a month, and those of a city's offices, or of the whole desk. */
export interface HealthAsked {
  city: string | null;
  /** YYYY-MM; null: this month */
  month: string | null;
  /** those that may wait at a stage, of every month */
  stage?: string | null;
}

const asQuery = ({ city, month }: HealthAsked) => ({ ...(city && { city }), ...(month && { month }) });
const asUploadsQuery = ({ stage, ...asked }: HealthAsked) => ({ ...asQuery(asked), ...(stage && { stage }) });

const health = (asked: HealthAsked) => answer(operateApi.operations.health.$get({ query: asQuery(asked) }));
export type Health = Awaited<ReturnType<typeof health>>;
export type UploadPart = keyof Health['counts'];

export const healthQuery = (asked: HealthAsked) =>
  queryOptions({ queryKey: ['health', asked], queryFn: () => health(asked), refetchInterval: 60_000 });

const uploads = (asked: HealthAsked, state: string) =>
  answer(operateApi.operations.uploads.$get({ query: { ...asUploadsQuery(asked), state } }));
export type ListedUpload = Awaited<ReturnType<typeof uploads>>['uploads'][number];

/** The uploads behind a number; asked more often while one of `ending` is still open. */
export const uploadsQuery = (asked: HealthAsked, state: string, ending: ReadonlySet<string>) =>
  queryOptions({
    queryKey: ['health-uploads', asked, state],
    queryFn: () => uploads(asked, state),
    refetchInterval: ({ state: { data } }) =>
      data?.uploads.some((one) => ending.has(one.upload_id) && mayGiveUp(one)) ? 3_000 : 60_000,
  });

/** An upload that is late before its packets are decided: perhaps no retry ends it. */
export const mayGiveUp = ({ late, state }: Pick<ListedUpload, 'late' | 'state'>): boolean =>
  late !== null && (state === 'received' || state === 'malware_scan');

export const uploadsCsv = (asked: HealthAsked, state: string) =>
  operateApi.operations.uploads.$get({ query: { ...asUploadsQuery(asked), state, format: 'csv' } });

export const retryUpload = (id: string) =>
  answer(operateApi.operations.uploads[':id'].retry.$post({ param: { id } }));

export const giveUpUpload = (id: string) =>
  answer(operateApi.operations.uploads[':id']['give-up'].$post({ param: { id } }));
