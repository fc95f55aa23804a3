import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../shared/api/api.ts';

const waivers = (city: string) => answer(api.cities[':city'].waivers.$get({ param: { city } }));

export type ListedWaiver = Awaited<ReturnType<typeof waivers>>['waivers'][number];

export const waiversQuery = (city: string) =>
  queryOptions({ queryKey: ['waivers', city], queryFn: () => waivers(city) });

/** What a city enters for a waiver. */
export interface WaiverDraft {
  rule: string;
  office: string | null;
  from: string;
  until: string;
  approver: string;
  reason: string;
}

export const grantWaiver = (city: string, json: WaiverDraft) =>
  answer(api.cities[':city'].waivers.$post({ param: { city }, json }));

export const endWaiver = (city: string, id: string, reason: string) =>
  answer(api.cities[':city'].waivers[':id'].end.$post({ param: { city, id }, json: { reason } }));
