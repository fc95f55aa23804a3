import type { Reading } from '../document.ts';
import { domainReadings } from './fields/domains.ts';
import { personReadings } from './fields/person.ts';
import { dateReading, type FormReader, inLine, nameReading, reading } from './fields/readings.ts';
import type { FormText } from './text/form-text.ts';
import type { Found } from './text/found.ts';
import { valuesOf } from './text/value-beside.ts';

/** アセスメントシート and アセスメントの結果の記録: the day, whether it was at home, and the four domains. */
export const assessmentSheetReader: FormReader = (form) => {
  const home =
    form.lines.find((line) => PLACE.test(line.text) && HOME.test(line.text) && !NOT_HOME.test(line.text)) ??
    places(form).find(({ text }) => AT_HOME.test(text))?.line;
  return [
    ...personReadings(form),
    ...dateReading(
      form,
      'assessment_date',
      'アセスメント実施日',
      'アセスメント年月日',
      'アセスメント日',
      '実施日',
      '実施年月日',
      '面接日',
      '作成日',
    ),
    ...nameReading(form, 'care_manager_name', '作成者', '記入者', '面接者', '計画作成者'),
    ...(home ? [reading(form, 'assessment_home_visit', true, inLine(home))] : elsewhere(form)),
    ...domainReadings(form),
  ];
};

const places = (form: FormText): Found[] => valuesOf(form, '実施場所', '面接場所', '場所');
/** a place that names only the home */
const AT_HOME = /^(?:利用者の?|本人の?|ご)?(?:自宅|居宅|宅)(?:\(|$|にて|で)/;

/** A place is filled in, and it is not the home. */
function elsewhere(form: FormText): Reading[] {
  const place = places(form).find(({ text }) => text !== '');
  if (!place || MAYBE_HOME.test(place.text)) return [];
  return [reading(form, 'assessment_home_visit', false, place)];
}

const MAYBE_HOME = /自宅|居宅|利用者宅|本人宅|[□■☑☒✓●]/u;
const PLACE = /場所|訪問|面接/;
const HOME =
  /[■☑☒✓●](?:自宅|居宅|訪問)|(?:場所|面接):?(?:利用者)?(?:自宅|居宅)|(?:自宅|居宅|利用者宅)(?:を|に|へ|で)?(?:て)?(?:訪問|面接|面談)|居宅訪問:?(?:有|あり|実施|○)/u;
const NOT_HOME = /□(?:自宅|居宅|訪問)|訪問(?:せず|なし|無|でき)/u;
