import { lastDayOf } from '../../calendar/days.ts';
import type { ServiceUse } from '../../documents/document.ts';
import { isInForce } from '../../registry/registry.ts';
import { kindOf } from '../../vocabulary/category.ts';
import { type Fact, factValue, type ReadonlyFacts, usableValue } from '../fact.ts';
import { type Found, found } from '../found.ts';
import type { Identity } from '../identify.ts';
import { assumedFact, evidenceOf, knownFact } from '../make-fact.ts';
import { planReadings, type Readings } from '../readings.ts';
import type { FactSources, KnownFacts } from './fact-sources.ts';

/**
 * 直接・委託・包括: the plan where it fits the services, else the 届出, else the cover, else the plan all the same. Where none of
 * them came, the registry counts if it leaves one route only.
 */
export function readRoute({
  facts,
  readings,
  identity,
}: Pick<FactSources & KnownFacts, 'facts' | 'readings' | 'identity'>): Found {
  const { is_center } = identity;
  const byPlan = routeOfPlan(facts, readings, is_center);
  const ofMonth = byPlan && !isPlanStale(facts) ? byPlan : undefined;
  const byNotification = routeOfNotification(facts, is_center);
  const route =
    ofMonth ??
    byNotification ??
    routeOfCover(facts, byPlan) ??
    byPlan ??
    (is_center
      ? knownFact('provider_route', 'center', '提出したのが地域包括支援センター')
      : routeOfRegistry(facts, identity));
  const others = [ofMonth, byNotification].filter((fact) => fact !== undefined);
  return { ...found([route]), others };
}

function routeOfPlan(facts: ReadonlyFacts, readings: Readings, isCenter: boolean): Fact | undefined {
  const commissioned = planReadings(readings, 'commissioned');
  const kind = factValue<string>(facts, 'plan_kind');
  const route = routeBy(kind, commissioned[0]?.value, isCenter);
  if (!route) return undefined;
  return knownFact('provider_route', route, '計画種類と委託の有無', evidenceOf(commissioned));
}

function routeBy(kind: string | undefined, commissioned: unknown, isCenter: boolean): string | undefined {
  if (commissioned === '2') return 'itaku';
  if (commissioned !== '1') return undefined;
  return isCenter || kind === '2' ? 'center' : 'direct';
}

function routeOfNotification(facts: ReadonlyFacts, isCenter: boolean): Fact | undefined {
  const responsible = facts.get('notification.responsible');
  const body = usableValue<string>(responsible);
  if (!responsible || !body) return undefined;
  const isCommissioned = factValue<string>(facts, 'notification.entrusted') === 'kyotaku_office';
  const route = body === 'kyotaku_office' ? 'direct' : isCommissioned || !isCenter ? 'itaku' : 'center';
  return knownFact('provider_route', route, '届出書の担当・受託事業所', responsible.evidence);
}

/** Beside a plan that does not fit the services the cover is no mere assumption. */
function routeOfCover(facts: ReadonlyFacts, byPlan: Fact | undefined): Fact | undefined {
  const given = facts.get('provider_route');
  const route = usableValue<string>(given);
  if (!given || !route) return undefined;
  return (byPlan ? knownFact : assumedFact)('provider_route', route, '送付票の記載による', given.evidence);
}

/** 介護予防支援 by an office that is designated and not commissioned for it is its own, and the other way round. */
function routeOfRegistry(facts: ReadonlyFacts, { office, city, month }: Identity): Fact | undefined {
  if (!office || !month.value || kindOfServices(facts) !== 'yobo_shien') return undefined;
  const day = lastDayOf(month.value);
  const isDesignated = office.yobo_shien.some((d) => d.city === city && isInForce(d, day));
  const isCommissioned = office.commissions.some((c) => c.kinds.includes('yobo_shien') && isInForce(c, day));
  if (isDesignated === isCommissioned) return undefined;
  const route = isDesignated ? 'direct' : 'itaku';
  const reason = isDesignated
    ? '登録簿で、介護予防支援の指定があり、委託を受けていない'
    : '登録簿で、介護予防支援の委託を受けていて、指定がない';
  return assumedFact('provider_route', route, reason, [{ source: 'registry', where: {}, raw: '' }]);
}

/** 計画種類 as the kind of category it makes. */
const PLAN_KINDS: Record<string, string> = { '1': 'yobo_shien', '2': 'yobo_cm' };

/** The plan was made for another kind of services than those of the month. */
function isPlanStale(facts: ReadonlyFacts): boolean {
  const planned = factValue<string>(facts, 'plan_kind');
  const made = kindOfServices(facts);
  return planned !== undefined && made !== undefined && kindOf(PLAN_KINDS[planned]) !== made;
}

/** The kind of plan the services make; undefined while a class is unknown. */
function kindOfServices(facts: ReadonlyFacts): string | undefined {
  const services =
    factValue<ServiceUse[]>(facts, 'services_actual') ?? factValue<ServiceUse[]>(facts, 'services_planned');
  if (!services) return undefined;
  if (services.some((s) => s.class === 'yobo_kyufu')) return 'yobo_shien';
  return services.every((s) => s.class === 'sogo' || s.class === 'shitei_igai') ? 'yobo_cm' : undefined;
}
