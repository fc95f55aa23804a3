import { SERVICES } from '../lib/cast.ts';
import type { Certification, City, Person, Service } from '../lib/model.ts';
import { addDays, addMonths, endOfTerm, firstDay, monthOf } from './calendar.ts';
import { type Identity, makeIdentity } from './people.ts';
import type { Random } from './random.ts';
import { isDesignated, type Town, type TownArea, type TownOffice } from './town.ts';

type Kind = 'yobo_shien' | 'yobo_cm' | 'kyotaku';
type Route = 'direct' | 'itaku' | 'center';
/** The event of a packet, as a key of the fact vocabulary. */
type Event =
  | 'new'
  | 'continuing'
  | 'category_switch'
  | 'itaku_to_direct'
  | 'cert_renewal'
  | 'plan_renewed'
  | 'plan_changed_midterm'
  | 'plan_period_end'
  | 'to_jigyo_taishosha'
  | 'to_yokaigo';

/** A plan and its origin. */
interface Plan {
  assessed: string;
  created: string;
  met: string;
  consented: string;
  from: string;
  to: string;
  /** day of the person's first plan */
  first: string;
  /** the first plan of this person at this office */
  isFirst: boolean;
}

/** The truth of one month of one person, independent of any papers. */
export interface PersonMonth {
  city: City['key'];
  area: TownArea;
  /** null: the center makes the plan itself */
  office: TownOffice | null;
  person: Person;
  month: string;
  /** null: no service was used, and no rule decides the category of such a month */
  kind: Kind | null;
  /** route of the month; a 介護予防ケアマネジメント month of an office is commissioned by the center */
  route: Route;
  planned: Service[];
  used: Service[];
  plan: Plan;
  event: Event;
  /** ケアマネジメント A, or C for services without 指定 (延岡市) */
  cmType: 'A' | 'C';
  /** the certification before this event, where it changed */
  certifiedBefore: Certification | null;
  /** the month before; null: none, or without use */
  before: { kind: Kind; route: Route } | null;
  /** why a service of the plan was not used, for the record */
  reason: string | null;
  /** the day the renewal was applied for */
  renewalApplied: string | null;
}

/** The maker of a person's plan: the people of one care manager make one upload a month. */
export interface Seat {
  area: TownArea;
  office: TownOffice | null;
}

/**
 * A person's months from `from` to `to`. Some begin within them, some end with a certification of 要介護; plans and
 * certifications run out and are renewed; sometimes a service is not used for a month, and the category switches.
 */
export function livedMonths(
  town: Town,
  seat: Seat,
  serial: number,
  from: string,
  to: string,
  random: Random,
): PersonMonth[] {
  return new Life(town, seat, serial, from, to, random).months();
}

class Life {
  readonly #town: Town;
  readonly #seat: Seat;
  readonly #random: Random;
  readonly #identity: Identity;
  readonly #to: string;
  #certification: Certification;
  #decided: string;
  #validFrom: string;
  #validTo: string;
  #checklist: { date: string; hits: number[] };
  #planned: Service[];
  #plan: Plan;
  /** whether the office already provides 介護予防支援 directly to this person */
  #isDirect = false;
  readonly #begins: string;

  constructor(town: Town, seat: Seat, serial: number, from: string, to: string, random: Random) {
    this.#town = town;
    this.#seat = seat;
    this.#random = random;
    this.#to = to;
    this.#identity = makeIdentity(town, seat.area, serial, random);
    const startsWithin = random.chance(0.3) && from < to;
    this.#begins = startsWithin ? addMonths(from, random.int(0, Math.min(9, span(from, to) - 1))) : from;
    this.#certification = random.weighted<Certification>([
      [45, '要支援1'],
      [40, '要支援2'],
      [15, '事業対象者'],
    ]);
    const age = startsWithin ? 0 : random.int(1, 4);
    const planFrom = addMonths(this.#begins, -age);
    this.#validFrom = firstDay(addMonths(planFrom, -random.int(0, 5)));
    this.#decided = addDays(this.#validFrom, -random.int(8, 20));
    this.#validTo = endOfTerm(monthOf(this.#validFrom), random.pick([12, 12, 24]));
    this.#checklist = this.#newChecklist(planFrom);
    this.#planned = this.#chooseServices(this.#certification === '事業対象者' ? 'yobo_cm' : null);
    const first = startsWithin || random.chance(0.5) ? null : addMonths(planFrom, -random.pick([6, 12, 18]));
    this.#plan = this.#makePlan(planFrom, first === null ? null : addDays(firstDay(first), -8));
  }

  months(): PersonMonth[] {
    const lived: PersonMonth[] = [];
    let before: PersonMonth['before'] = null;
    for (let month = this.#begins; month <= this.#to; month = addMonths(month, 1)) {
      const one = this.#liveMonth(month, before);
      lived.push(one);
      if (one.event === 'to_yokaigo') break;
      before = one.kind ? { kind: one.kind, route: one.route } : before;
    }
    return lived;
  }

  #liveMonth(month: string, before: PersonMonth['before']): PersonMonth {
    const isFirst = month === this.#begins && month === monthOf(this.#plan.from);
    const was = this.#certification;
    let event: Event = isFirst ? 'new' : 'continuing';
    let renewalApplied: string | null = null;
    if (!isFirst && this.#certification !== '事業対象者' && firstDay(month) > this.#validTo) {
      renewalApplied = addDays(this.#validTo, -this.#random.int(31, 55));
      event = this.#renewCertification(month);
    } else if (!isFirst && firstDay(month) > this.#plan.to) {
      event = 'plan_renewed';
      this.#planned = this.#chooseServices(kindOf(this.#planned));
      this.#plan = this.#makePlan(month, this.#plan.first);
    } else if (
      before?.kind === kindOf(this.#planned) &&
      this.#town.city.key !== 'mito' &&
      this.#random.chance(0.015)
    ) {
      event = 'plan_changed_midterm';
      this.#planned = this.#chooseServices(kindOf(this.#planned));
      this.#plan = { ...this.#makePlan(month, this.#plan.first), to: this.#plan.to };
    }
    // The month before a renewal is an ordinary one, so that a renewal never hides a switch of the category.
    const isOrdinary =
      event === 'continuing' &&
      before !== null &&
      month !== monthOf(this.#plan.to) &&
      month !== monthOf(this.#validTo);
    const { used, reason } = isOrdinary ? this.#servicesUsed() : { used: this.#planned, reason: null };
    const kind: Kind | null = event === 'to_yokaigo' ? 'kyotaku' : used.length === 0 ? null : kindOf(used);
    const route = this.#routeOf(kind ?? kindOf(this.#planned), month, event);
    if (event === 'continuing' && before && kind) {
      if (kind !== before.kind) event = 'category_switch';
      else if (route === 'direct' && before.route === 'itaku') event = 'itaku_to_direct';
      else if (this.#tellsPlanEnd() && month === monthOf(this.#plan.to)) event = 'plan_period_end';
    }
    // A certification that changes the category (事業対象者) is a switch too, in cities without an event for it.
    if (event === 'to_jigyo_taishosha' && this.#town.city.key !== 'okayama')
      event = before && before.kind !== kind ? 'category_switch' : 'plan_renewed';
    if (event === 'to_jigyo_taishosha' || event === 'category_switch' || was !== this.#certification) {
      this.#checklist = was !== this.#certification ? this.#newChecklist(month) : this.#checklist;
    }
    return {
      city: this.#town.city.key,
      area: this.#seat.area,
      office: this.#seat.office,
      person: this.#personNow(),
      month,
      kind,
      route,
      planned: this.#planned,
      used,
      plan: this.#plan,
      event,
      cmType: used.length > 0 && used.every((s) => s.class === 'shitei_igai') ? 'C' : 'A',
      certifiedBefore: was !== this.#certification || event === 'cert_renewal' ? was : null,
      before,
      reason,
      renewalApplied: event === 'cert_renewal' ? renewalApplied : null,
    };
  }

  /** The certification has expired: the same level, another level, 事業対象者, or 要介護. */
  #renewCertification(month: string): Event {
    const event = this.#random.weighted<Event>([
      [82, 'cert_renewal'],
      [10, 'to_jigyo_taishosha'],
      [8, 'to_yokaigo'],
    ]);
    this.#decided = addDays(firstDay(month), -this.#random.int(5, 15));
    this.#validFrom = firstDay(month);
    this.#validTo = endOfTerm(month, this.#random.pick([12, 12, 24]));
    if (event === 'cert_renewal' && this.#random.chance(0.2))
      this.#certification = this.#certification === '要支援1' ? '要支援2' : '要支援1';
    if (event === 'to_yokaigo') this.#certification = '要介護1';
    if (event === 'to_jigyo_taishosha') this.#certification = '事業対象者';
    if (event === 'to_yokaigo') return event;
    this.#planned = this.#chooseServices(event === 'to_jigyo_taishosha' ? 'yobo_cm' : kindOf(this.#planned));
    this.#plan = this.#makePlan(month, this.#plan.first);
    return event;
  }

  #makePlan(month: string, first: string | null): Plan {
    const created = addDays(firstDay(month), -this.#random.int(9, 14));
    const months = this.#random.pick([6, 6, 6, 12]);
    const term = endOfTerm(month, months);
    const to = this.#certification === '事業対象者' || term <= this.#validTo ? term : this.#validTo;
    return {
      assessed: addDays(created, -5),
      created,
      met: addDays(created, 2),
      consented: addDays(created, 3),
      from: firstDay(month),
      to,
      first: first ?? created,
      isFirst: first === null,
    };
  }

  #chooseServices(kind: Kind | null): Service[] {
    const of = this.#town.city;
    const nursing = SERVICES.nursing(of);
    const rehab = SERVICES.dayRehab(of);
    const rental = SERVICES.rental(of);
    const help = SERVICES.visitHelp(of);
    const day = SERVICES.dayService(of);
    const shien: [number, Service[]][] = [
      [20, [nursing, help]],
      [20, [rental, day]],
      [14, [rental]],
      [10, [nursing]],
      [12, [rehab]],
      [8, [rental, help]],
      [6, [rehab, rental]],
    ];
    const cm: [number, Service[]][] = [
      [12, [help]],
      [14, [day]],
      [8, [help, day]],
      ...(of.key === 'nobeoka' ? ([[10, [SERVICES.kayoinoba(of)]]] as [number, Service[]][]) : []),
    ];
    if (kind === 'yobo_shien') return this.#random.weighted(shien);
    if (kind === 'yobo_cm') return this.#random.weighted(cm);
    return this.#random.weighted([...shien, ...cm]);
  }

  /** The used services of the plan; sometimes the 予防給付 pauses for a month, rarely everything (入院). */
  #servicesUsed(): { used: Service[]; reason: string | null } {
    const all = this.#planned;
    const sogo = all.filter((s) => s.class === 'sogo');
    const rests = sogo.length > 0 && sogo.length < all.length;
    if (rests && this.#random.chance(0.1))
      return {
        used: sogo,
        reason: this.#random.pick(['体調が良く', '家族が手伝ったため', '訪問の日に受診が重なり']),
      };
    if (rests && this.#random.chance(0.03))
      return { used: all.filter((s) => s.class !== 'sogo'), reason: '通院のため' };
    if (all.some((s) => s.code !== null) && this.#random.chance(0.012))
      return { used: [], reason: '入院のため' };
    return { used: all, reason: null };
  }

  /** A designated office starts direct provision for a commissioned person in the next ordinary month. */
  #routeOf(kind: Kind, month: string, event: Event): Route {
    if (!this.#seat.office) return 'center';
    if (kind === 'kyotaku') return 'direct';
    if (kind === 'yobo_cm' || !isDesignated(this.#seat.office, month)) return 'itaku';
    this.#isDirect ||= event === 'continuing' || event === 'new' || month === this.#begins;
    return this.#isDirect ? 'direct' : 'itaku';
  }

  /** The cities with rules on the end of a plan's period. */
  #tellsPlanEnd(): boolean {
    return this.#town.city.key === 'okayama' || this.#town.city.key === 'nobeoka';
  }

  #newChecklist(month: string): { date: string; hits: number[] } {
    const hits = this.#identity.story.goalDay.includes('歩く') ? [2, 6, 7, 8, 9, 10] : [4, 7, 16, 17, 21];
    return { date: addDays(firstDay(month), -this.#random.int(15, 20)), hits };
  }

  #personNow(): Person {
    const isCertified = this.#certification !== '事業対象者';
    return {
      ...this.#identity,
      certification: this.#certification,
      certDecided: isCertified ? this.#decided : this.#checklist.date,
      certFrom: this.#validFrom,
      certTo: this.#validTo,
      checklist: this.#checklist,
    };
  }
}

/** 予防給付 in the month, alone or with 総合事業, means 介護予防支援; everything else 介護予防ケアマネジメント. */
const kindOf = (services: Service[]): 'yobo_shien' | 'yobo_cm' =>
  services.some((s) => s.class === 'yobo_kyufu') ? 'yobo_shien' : 'yobo_cm';

const span = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));
