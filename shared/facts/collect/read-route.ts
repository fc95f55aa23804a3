import type { ReadDocument, ServiceUse } from '../../documents/document.ts';
import { kindOf } from '../../vocabulary/category.ts';
import { type FactSheet, factValue } from '../fact.ts';
import { evidenceOf, putDerived, type Readings } from '../readings.ts';
import type { CollectContext } from './collect-context.ts';

/** 直接・委託・包括: the plan where it fits the services, else the 届出, else the cover. */
export function readRoute(facts: FactSheet, readings: Readings, context: CollectContext): void {
  const isPlan = (d: ReadDocument): boolean => d.kind === 'shien_keikakusho';
  const planned =
    readings.of('commissioned', isPlan).length > 0
      ? readings.of('commissioned', isPlan)
      : readings.of('commissioned');
  const kind = factValue<string>(facts, 'plan_kind');
  const byPlan = routeOf(kind, planned[0]?.value as string | undefined, context.identity.is_center);
  const responsible = factValue<string>(facts, 'notification.responsible');
  const entrusted = factValue<string>(facts, 'notification.entrusted');
  const byNotification = !responsible
    ? undefined
    : responsible === 'kyotaku_office'
      ? 'direct'
      : entrusted === 'kyotaku_office'
        ? 'itaku'
        : context.identity.is_center
          ? 'center'
          : 'itaku';
  const stale =
    kind !== undefined && serviceKind(facts) !== undefined && kindOf(KINDS[kind]) !== serviceKind(facts);
  const said = factValue<string>(facts, 'provider_route');
  const [route, reason, evidence] =
    byPlan && !stale
      ? [byPlan, '計画種類と委託の有無', evidenceOf(planned)]
      : byNotification
        ? [byNotification, '届出書の担当・受託事業所', facts.get('notification.responsible')?.evidence ?? []]
        : said
          ? [said, '送付票の記載による', facts.get('provider_route')?.evidence ?? []]
          : byPlan
            ? [byPlan, '計画種類と委託の有無', evidenceOf(planned)]
            : context.identity.is_center
              ? ['center', '提出したのが地域包括支援センター', []]
              : [undefined, '', []];
  if (route)
    putDerived(
      facts,
      'provider_route',
      route,
      said === route && !byPlan && !byNotification ? 'assumed' : 'known',
      reason,
      evidence,
    );
}

const KINDS: Record<string, string> = { '1': 'yobo_shien', '2': 'yobo_cm' };

function routeOf(
  kind: string | undefined,
  commissioned: string | undefined,
  isCenter: boolean,
): string | undefined {
  if (commissioned === '2') return 'itaku';
  if (commissioned !== '1') return undefined;
  return isCenter || kind === '2' ? 'center' : 'direct';
}

/** The kind of plan the services make; undefined while a class is unknown. */
function serviceKind(facts: FactSheet): string | undefined {
  const services =
    factValue<ServiceUse[]>(facts, 'services_actual') ?? factValue<ServiceUse[]>(facts, 'services_planned');
  if (!services) return undefined;
  if (services.some((s) => s.class === 'yobo_kyufu')) return 'yobo_shien';
  return services.every((s) => s.class === 'sogo' || s.class === 'shitei_igai') ? 'yobo_cm' : undefined;
}
