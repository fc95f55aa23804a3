import type { ReadDocument, ServiceUse } from '../documents/document.ts';
import { documentTitle, isDocumentKind } from '../documents/document-kinds.ts';
import { type Finding, fileFinding } from '../findings/finding.ts';
import type { ReadCover } from '../packet/read-cover.ts';
import { isInForce } from '../registry/registry.ts';
import { addMonths, lastDayOf, monthOf } from '../rules/days.ts';
import { cityKeys, loadProfile } from '../rules/profile.ts';
import { kindOf } from '../rules/templates/category.ts';
import { foldKey } from '../text/normalise.ts';
import { type FactSheet, factValue } from './fact.ts';
import { factsFromGiven } from './given.ts';
import type { Identity } from './identify.ts';
import { factLabel } from './labels.ts';
import { evidenceOf, putDerived, putRead, Readings } from './readings.ts';

export interface CollectContext {
  identity: Identity;
  cover: ReadCover;
  /** ISO date: the day of judgement */
  today: string;
  /** ISO date: the day of receipt; absent in a dry run */
  received?: string;
  /** category of the month before, from the records */
  previous: { category: string } | null;
}

/**
 * The facts of one packet: what the documents say, then the register, then what the cover adds.
 * A document wins over the cover and a difference is a finding; a register wins over what a sender says of the office.
 */
export function collectFacts(
  documents: ReadDocument[],
  context: CollectContext,
): { facts: FactSheet; findings: Finding[] } {
  const findings: Finding[] = [];
  const read: FactSheet = new Map();
  const readings = new Readings(documents.filter((d) => d.outcome === 'used'));
  const cover = factsFromGiven(context.cover.given, 'cover');

  readMonth(read, readings, cover, findings);
  readCertification(read, readings, findings);
  readServices(read, readings);
  readPlan(read, readings, documents);
  readTodoke(read, readings, documents);
  readRecords(read, readings, documents);
  readDates(read, readings, context);

  const facts = overlay(cover, read, findings);
  mergeDocuments(facts, documents, cover, findings);
  readRoute(facts, readings, context);
  readEvent(facts, readings);
  readRegister(facts, context);
  readPrevious(facts, context, findings);
  return { facts, findings };
}

function readMonth(facts: FactSheet, readings: Readings, cover: FactSheet, findings: Finding[]): void {
  const wanted = factValue<string>(cover, 'service_month');
  const used = readings.of(
    'service_month',
    (d) => d.title === 'UPJSK' || d.readings.some((r) => r.field === 'service_actual'),
  );
  const all = readings.of('service_month');
  const months = (list: typeof all): string[] => [...new Set(list.map((r) => String(r.value)))].sort();
  // 実績 decides: a packet of May often brings the 利用票 of June along.
  const candidates = months(used).length > 0 ? used : all;
  if (wanted && months(all).includes(wanted)) {
    putRead(
      facts,
      'service_month',
      all.filter((r) => r.value === wanted),
    );
  } else if (months(candidates).length === 1) {
    putRead(facts, 'service_month', candidates);
  } else if (months(candidates).length > 1) {
    findings.push(
      fileFinding(
        'F_PACKET_TWO_MONTHS',
        'error',
        candidates.find((r) => r.value !== candidates[0]!.value)!.where,
        `一つの提出に${months(candidates).join('と')}の書類が混ざっていて、どの月の提出か決められません。`,
        '月ごとにフォルダーを分けるか、送付票（packet.json）の service_month に提供月を書いて出し直してください。',
      ),
    );
  } else if (!wanted) {
    const plan =
      readings.of('plan_created')[0] ?? readings.of('notification_date')[0] ?? readings.of('consent_date')[0];
    if (plan) {
      putDerived(
        facts,
        'service_month',
        monthOf(String(plan.value)),
        'assumed',
        '利用票がないため計画書等の日付の月とした',
        evidenceOf([plan]),
      );
    } else {
      findings.push(
        fileFinding(
          'F_PACKET_NO_MONTH',
          'review',
          {},
          'サービス提供月を、どの書類からも読み取れません。月によって単位数や区分が変わるため、判断できません。',
          '利用票（予定・実績）を加えるか、送付票（packet.json）の service_month に「2024-05」のように書いて出し直してください。',
        ),
      );
    }
  }
}

function readCertification(facts: FactSheet, readings: Readings, findings: Finding[]): void {
  const all = readings.of('certification');
  // UPKIHON has no code for 事業対象者 and writes 非該当; another document that knows better is no conflict.
  const telling = all.filter((r) => r.value !== 'none');
  const fact = putRead(facts, 'certification', telling.length > 0 ? telling : all);
  if (fact?.state === 'conflicting')
    findings.push(conflict('要介護状態区分', telling[0]!.where, fact.reason ?? ''));
  if (!fact || fact.value === 'none') {
    const result = readings.of('checklist_result').filter((r) => r.value === '該当あり');
    if (result.length > 0) putRead(facts, 'certification', result, '事業対象者');
  }
  putRead(facts, 'previous_certification', readings.of('previous_certification'));
  for (const [path, field] of [
    ['cert_valid_from', 'cert_valid_from'],
    ['cert_valid_to', 'cert_valid_to'],
  ] as const) {
    const dates = putRead(facts, path, readings.of(field));
    if (dates?.state === 'conflicting')
      findings.push(conflict(factLabel(path), dates.evidence[0]!.where, dates.reason ?? ''));
  }
}

/** Services of the month: those of other months belong to other packets. */
function readServices(facts: FactSheet, readings: Readings): void {
  const month = factValue<string>(facts, 'service_month');
  const inMonth = (d: ReadDocument): boolean => {
    const months = d.readings.filter((r) => r.field === 'service_month').map((r) => r.value);
    return !month || months.length === 0 || months.includes(month);
  };
  for (const [path, field] of [
    ['services_planned', 'service_planned'],
    ['services_actual', 'service_actual'],
  ] as const) {
    const found = readings.of(field, inMonth);
    if (found.length === 0) continue;
    const unique = new Map<string, ServiceUse>();
    for (const r of found) {
      const service = r.value as ServiceUse;
      unique.set(`${service.class}/${service.code?.slice(0, 2) ?? service.name}`, service);
    }
    putRead(
      facts,
      path,
      found,
      [...unique.values()].map(({ name, class: kind, code }) => ({
        name,
        class: kind,
        ...(code && { code }),
      })),
    );
  }
  if (!facts.has('services_actual'))
    putRead(facts, 'flags.no_service_used', readings.of('no_service_used', inMonth), true);
}

function readPlan(facts: FactSheet, readings: Readings, documents: ReadDocument[]): void {
  const isPlan = (d: ReadDocument): boolean => d.kind === 'shien_keikakusho';
  putRead(
    facts,
    'plan_kind',
    readings.of('plan_kind', isPlan).length > 0 ? readings.of('plan_kind', isPlan) : readings.of('plan_kind'),
  );
  latest(facts, 'dates.plan_created', readings, 'plan_created');
  latest(facts, 'dates.plan_to', readings, 'plan_to');
  const plans = documents.filter((d) => isPlan(d) && d.title !== 'UPYOBO_SUB');
  if (plans.length === 0) return;
  putDerived(facts, 'flags.plan_exists', true, 'known', '計画書が届いている', [
    { source: 'document', where: { file: plans[0]!.file }, raw: '' },
  ]);
  const consent = [...readings.of('consent_date', isPlan), ...readings.of('consent_name', isPlan)];
  const signed = readings.of('signed', isPlan);
  const bothFilled =
    readings.of('consent_date', isPlan).length > 0 && readings.of('consent_name', isPlan).length > 0;
  const isSigned = signed.length > 0 ? signed.some((r) => r.value === true) || bothFilled : bothFilled;
  putDerived(
    facts,
    'flags.plan_signed',
    isSigned,
    'known',
    '計画に関する同意（同意日と同意者氏名）の記載',
    evidenceOf([...signed, ...consent]),
  );
  const fixed = readings.of('consent_date', isPlan);
  if (fixed.length > 0) {
    putDerived(facts, 'dates.plan_consented', fixed[0]!.value, 'known', '同意日', evidenceOf(fixed));
  }
  const [created, first] = [
    readings.first<string>('plan_created', isPlan),
    readings.first<string>('plan_first_created', isPlan),
  ];
  const month = factValue<string>(facts, 'service_month');
  if (created && month) {
    const isNew =
      (first === undefined || first < created) &&
      monthOf(created) >= addMonths(month, -1) &&
      monthOf(created) <= month;
    putDerived(
      facts,
      'flags.plan_is_new_version',
      isNew,
      'known',
      '計画作成日と初回作成日から',
      evidenceOf(readings.of('plan_created', isPlan)),
    );
  }
  const domains = [
    'assessment_domain_1',
    'assessment_domain_2',
    'assessment_domain_3',
    'assessment_domain_4',
  ] as const;
  const filled = domains.filter((d) => readings.of(d, isPlan).length > 0);
  const readable = plans.filter((d) => d.read_by === 'csv' || filled.length > 0);
  if (readable.length > 0) {
    putDerived(
      facts,
      'flags.assessment_blank',
      filled.length < domains.length,
      'known',
      '計画書の４領域の記載',
      [{ source: 'document', where: { file: readable[0]!.file }, raw: '' }],
    );
  }
}

function readTodoke(facts: FactSheet, readings: Readings, documents: ReadDocument[]): void {
  const isTodoke = (d: ReadDocument): boolean =>
    d.kind !== null && ['kaigo_yobo_todoke', 'sogo_jigyo_todoke', 'kyotaku_todoke'].includes(d.kind);
  const forms = documents.filter((d) => isTodoke(d) && d.outcome === 'used');
  if (forms.length === 0) return;
  putDerived(facts, 'notification', true, 'known', '届出書が届いている', [
    {
      source: 'document',
      where: { file: forms[0]!.file, page: forms[0]!.pages?.from },
      raw: forms[0]!.title ?? '',
    },
  ]);
  for (const [member, field] of [
    ['form', 'notification_form'],
    ['kind', 'notification_kind'],
    ['to', 'notification_to'],
    ['responsible', 'notification_responsible'],
    ['entrusted', 'notification_entrusted'],
    ['signed', 'notification_signed'],
    ['date', 'notification_date'],
    ['office_name_and_number_filled', 'notification_office_filled'],
  ] as const) {
    // A form is addressed to the mayor wherever it is handed in, so 市長 does not say where it went.
    const found = readings.of(field, isTodoke).filter((r) => !(member === 'to' && r.value === 'city'));
    putRead(facts, `notification.${member}`, found);
  }
  const attached = readings.of('notification_attachment', isTodoke);
  if (attached.length > 0)
    putRead(facts, 'notification.attachments', attached, [
      ...new Set(attached.map((r) => r.value as string)),
    ]);
}

/** 経過記録, 評価表, 契約書, 同意書, チェックリスト, モニタリング. */
function readRecords(facts: FactSheet, readings: Readings, documents: ReadDocument[]): void {
  const has = (kind: string): ReadDocument | undefined =>
    documents.find((d) => d.kind === kind && d.outcome === 'used');
  const keika = has('keika_kiroku') ?? has('shien_keika');
  if (keika && keika.read_by !== 'none') {
    const tags = readings.of('keika_tag');
    const at = [
      { source: 'document' as const, where: { file: keika.file, page: keika.pages?.from }, raw: '' },
    ];
    putDerived(
      facts,
      'flags.keika_tags',
      [...new Set(tags.map((r) => String(r.value)))],
      'known',
      '経過記録の見出し',
      tags.length > 0 ? evidenceOf(tags) : at,
    );
    const reason = readings.of('keika_change_reason');
    putDerived(
      facts,
      'flags.keika_contains_change_reason',
      reason.length > 0,
      'known',
      '経過記録の本文',
      reason.length > 0 ? evidenceOf(reason) : at,
    );
    const contact = readings.of('keika_center_contact');
    if (contact.length > 0)
      putDerived(facts, 'flags.contacted_hokatsu', true, 'known', '経過記録の本文', evidenceOf(contact));
  }
  putRead(facts, 'flags.hyoka_result', readings.of('hyoka_result'));
  const stamped = readings.of('stamped');
  if (stamped.length > 0)
    putRead(
      facts,
      'flags.riyohyo_stamped',
      stamped,
      stamped.some((r) => r.value === true),
    );
  putRead(facts, 'flags.assessment_home_visit', readings.of('assessment_home_visit').slice(0, 1));
  const items = readings.of('video_agreed_item');
  if (items.length > 0)
    putRead(facts, 'flags.video_agreed_items', items, [...new Set(items.map((r) => String(r.value)))]);
  const answers = readings.of('checklist_answer');
  if (answers.length > 0) {
    const scores = Object.fromEntries(
      answers.map((r) => String(r.value).split('=')).map(([no, score]) => [no, Number(score)]),
    );
    putRead(facts, 'checklist_answers', answers, scores);
  }
  const contracts = documents
    .map((d) => d.readings.filter((r) => r.field === 'contract_party'))
    .filter((parties) => parties.length > 0);
  if (contracts.length > 0) {
    putRead(
      facts,
      'contracts',
      contracts.flat(),
      contracts.map((parties) => [...new Set(parties.map((r) => String(r.value)))]),
    );
  }
  readMonitoring(facts, readings);
}

/** «YYYY-MM visit» entries of the records, made one line a month. */
function readMonitoring(facts: FactSheet, readings: Readings): void {
  const entries = readings.of('monitoring_entry');
  if (entries.length === 0) return;
  const months = new Map<string, Record<string, unknown>>();
  for (const entry of entries) {
    const [month, how] = String(entry.value).split(' ');
    if (!month) continue;
    months.set(month, { ...(months.get(month) ?? { month }), record: true, ...(how && { [how]: true }) });
  }
  putRead(facts, 'monitoring', entries, [...months.values()]);
}

function readDates(facts: FactSheet, readings: Readings, context: CollectContext): void {
  latest(facts, 'dates.assessment', readings, 'assessment_date');
  latest(facts, 'dates.checklist', readings, 'checklist_date');
  latest(facts, 'dates.contract_from', readings, 'contract_from');
  latest(facts, 'dates.contract_to', readings, 'contract_to');
  putDerived(facts, 'dates.today', context.today, 'known', '判断の日');
  if (context.received) putDerived(facts, 'dates.received', context.received, 'known', '受付日');
  const contract = readings.of('contract_date', (d) => d.readings.some((r) => r.value === 'kyotaku_office'));
  if (contract.length > 0)
    putRead(
      facts,
      'dates.direct_contract',
      contract,
      contract
        .map((r) => String(r.value))
        .sort()
        .at(-1),
    );
}

/** The latest of several dates: a plan that was made again counts as made then. */
function latest(
  facts: FactSheet,
  path: string,
  readings: Readings,
  field: Parameters<Readings['of']>[0],
): void {
  const found = readings.of(field);
  if (found.length === 0) return;
  const newest = found
    .map((r) => String(r.value))
    .sort()
    .at(-1)!;
  putRead(facts, path, found, newest);
}

/** The documents' facts over the cover's; a difference is told. Dates of this desk are never the sender's to say. */
function overlay(cover: FactSheet, read: FactSheet, findings: Finding[]): FactSheet {
  const facts: FactSheet = new Map(cover);
  for (const [path, fact] of read) {
    const said = cover.get(path);
    const own = path === 'dates.today' || path === 'dates.received';
    if (said && path === 'dates.received') continue;
    if (
      said &&
      !own &&
      fact.state === 'known' &&
      fact.evidence.some((e) => e.source === 'document') &&
      disagree(path, said.value, fact.value)
    ) {
      findings.push(
        fileFinding(
          'F_FACT_CONFLICT',
          'review',
          fact.evidence.find((e) => e.where.file)?.where ?? {},
          `「${factLabel(path)}」が、送付票と書類で違います。書類の記載で審査しました。`,
          'どちらが正しいか確かめ、送付票または書類を直して出し直してください。',
        ),
      );
    }
    if (said && fact.state !== 'known') continue;
    facts.set(path, fact);
  }
  return facts;
}

function disagree(path: string, said: unknown, read: unknown): boolean {
  if (path.startsWith('services_')) {
    const classes = (list: unknown): string =>
      [...new Set((list as ServiceUse[]).map((s) => s.class))].sort().join();
    return classes(said) !== classes(read);
  }
  if (path === 'notification.form')
    return !foldKey(String(read)).includes(foldKey(String(said)).replace(/\(.*$/, ''));
  if (path === 'notification' || Array.isArray(read) || (typeof read === 'object' && read !== null))
    return false;
  return said !== read;
}

/** Documents found in the files; what only the cover names counts where no file could show it. */
function mergeDocuments(
  facts: FactSheet,
  documents: ReadDocument[],
  cover: FactSheet,
  findings: Finding[],
): void {
  const found = new Map<string, ReadDocument>();
  for (const d of documents) if (d.kind && d.outcome === 'used') found.set(d.kind, d);
  const unread = documents.some((d) => d.outcome === 'used' && d.kind === null);
  const declared = (factValue<string[]>(cover, 'documents') ?? []).filter((k) => !found.has(k));
  const physical = declared.filter((k) => PHYSICAL.has(k));
  const doubtful = declared.filter((k) => !PHYSICAL.has(k) && isDocumentKind(k) && !isImplied(k, found));
  if (doubtful.length > 0) {
    findings.push(
      fileFinding(
        'F_PACKET_DECLARED',
        unread ? 'review' : 'warn',
        { file: 'packet.json' },
        `送付票に書かれた書類のうち、${doubtful.map((k) => `「${documentTitle(k)}」`).join('')}を、届いたファイルの中に確認できません。`,
        unread
          ? '様式を判別できないファイルがあります。審査担当が目で確かめます。'
          : '書類を加えるか、送付票の記載を直して出し直してください。',
      ),
    );
  }
  const counted = [...found.keys(), ...physical, ...(unread ? doubtful : [])];
  facts.set('documents', {
    path: 'documents',
    state: 'known',
    value: counted,
    evidence: [...found.values()].map((d) => ({
      source: 'document',
      where: { file: d.file, page: d.pages?.from },
      raw: d.title ?? '',
    })),
  });
  for (const [kind, d] of found) {
    facts.set(`document.${kind}`, {
      path: `document.${kind}`,
      state: 'known',
      value: true,
      evidence: [{ source: 'document', where: { file: d.file, page: d.pages?.from }, raw: d.title ?? '' }],
    });
  }
  const consents = documents.filter((d) => d.kind === 'kojin_joho_doisho' && d.outcome === 'used');
  if (consents.length > 0 && !facts.has('flags.personal_info_consent_user')) {
    const blank = consents.every((d) => d.readings.some((r) => r.field === 'signed' && r.value === false));
    putDerived(facts, 'flags.personal_info_consent_user', !blank, 'known', '個人情報の同意書の署名');
  }
}

/** Handed over by hand: no file can be the original, or the card itself. */
const PHYSICAL = new Set(['care_plan_original', 'hihokenshasho', 'futan_wariaisho']);

/** A key that another document stands for (a signed plan is a plan that was found). */
const isImplied = (key: string, found: Map<string, ReadDocument>): boolean =>
  [...found.keys()].some(
    (k) =>
      key.startsWith(k) || k.startsWith(key.replace(/_(copy|signed|final|with_reason|user|family)$/, '')),
  ) ||
  (key.startsWith('shien_keika') && found.has('keika_kiroku')) ||
  (key === 'care_plan_copy' && found.has('shien_keikakusho')) ||
  (key === 'assessment_record' && found.has('assessment_sheet')) ||
  (key === 'hyoka_record' && found.has('hyokahyo'));

/** 直接・委託・包括: the plan where it fits the services, else the 届出, else the cover. */
function readRoute(facts: FactSheet, readings: Readings, context: CollectContext): void {
  const isPlan = (d: ReadDocument): boolean => d.kind === 'shien_keikakusho';
  const planned =
    readings.of('commissioned', isPlan).length > 0
      ? readings.of('commissioned', isPlan)
      : readings.of('commissioned');
  const kind = factValue<string>(facts, 'plan_kind');
  const byPlan = routeOf(kind, planned[0]?.value as string | undefined, context.identity.is_center);
  const responsible = factValue<string>(facts, 'notification.responsible');
  const entrusted = factValue<string>(facts, 'notification.entrusted');
  const byTodoke = !responsible
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
      : byTodoke
        ? [byTodoke, '届出書の担当・受託事業所', facts.get('notification.responsible')?.evidence ?? []]
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
      said === route && !byPlan && !byTodoke ? 'assumed' : 'known',
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

function readEvent(facts: FactSheet, readings: Readings): void {
  if (!facts.has('event')) {
    const division = readings.of('plan_division');
    const first = division[0]?.value as string | undefined;
    const kind = factValue<string>(facts, 'notification.kind');
    if (first)
      putDerived(
        facts,
        'event',
        ['11', '12', '51', '52', '54'].includes(first) ? 'new' : 'continuing',
        'known',
        '計画書区分',
        evidenceOf(division),
      );
    else if (kind === '新規')
      putDerived(
        facts,
        'event',
        'new',
        'assumed',
        '届出の区分が新規',
        facts.get('notification.kind')!.evidence,
      );
    else putDerived(facts, 'event', 'continuing', 'assumed', '新規・更新などの記載がない');
  }
  if (factValue(facts, 'event') === 'new' && !facts.has('new_user'))
    putDerived(facts, 'new_user', true, 'assumed', '新規の計画');
  const received = facts.get('dates.received');
  if (received && !facts.has('dates.submitted')) {
    putDerived(facts, 'dates.submitted', received.value, 'assumed', '受付日を提出日とした');
  }
}

/** What only the city's register can prove of an office. It wins over what the sender says. */
function readRegister(facts: FactSheet, { identity }: CollectContext): void {
  const { registry, office, city } = identity;
  if (city && !facts.has('insurer_city'))
    putDerived(facts, 'insurer_city', loadProfile(city).name, 'known', '保険者番号');
  if (identity.home_area) putDerived(facts, 'flags.user_area', identity.home_area, 'known', '住所と圏域の表');
  if (registry?.unit_price_yen)
    putDerived(facts, 'unit_price', registry.unit_price_yen, 'known', '登録簿', fromRegister);
  if (!office) return;
  const month = factValue<string>(facts, 'service_month');
  const day = month ? lastDayOf(month) : (factValue<string>(facts, 'dates.today') ?? '');
  const put = (path: string, value: unknown): void =>
    putDerived(facts, path, value, 'known', '登録簿', fromRegister);
  put('office_designated_kyotaku', office.kyotaku ? isInForce(office.kyotaku, day) : false);
  const designations = office.yobo_shien.filter((d) => isInForce(d, day));
  const own = designations.find((d) => d.city === city);
  put('office_designated_yobo_shien', own !== undefined);
  const shown = own ?? designations[0];
  if (shown)
    put('designation_city', cityKeys().includes(shown.city) ? loadProfile(shown.city).name : shown.city);
  if (own) put('dates.designated', own.from);
  put(
    'office_commissioned',
    office.commissions.some((c) => isInForce(c, day) && c.kinds.includes('yobo_cm')),
  );
  if (typeof office.manager_is_shunin === 'boolean') put('manager_is_shunin', office.manager_is_shunin);
  if (typeof office.care_managers === 'number') put('care_manager_count', office.care_managers);
  put('flags.tokubetsu_chiiki_area', office.special_area === 'tokubetsu_chiiki');
  put('flags.chusankan_shokibo_area', office.special_area === 'chusankan_shokibo');
}

const fromRegister = [{ source: 'register' as const, where: {}, raw: '' }];

function readPrevious(facts: FactSheet, context: CollectContext, findings: Finding[]): void {
  if (!context.previous) return;
  const said = factValue<string>(facts, 'previous_category');
  if (said && said !== context.previous.category) {
    findings.push(
      fileFinding(
        'F_FACT_CONFLICT',
        'review',
        { file: 'packet.json' },
        '前月の区分が、送付票と受付の記録で違います。受付の記録で審査しました。',
        '前月の提出内容を確かめ、送付票の previous_category を直して出し直してください。',
      ),
    );
  }
  putDerived(facts, 'previous_category', context.previous.category, 'known', '前月の受付の記録', [
    { source: 'record', where: {}, raw: '' },
  ]);
}

const conflict = (what: string, where: Finding['where'], values: string): Finding =>
  fileFinding(
    'F_FACT_CONFLICT',
    'review',
    where,
    `${what}が書類の間で違います（${values}）。`,
    '被保険者証で確かめ、違っている書類を直して出し直してください。',
  );
