import type { FieldName, Reading } from '../../document.ts';
import { namedRows } from '../text/areas.ts';
import type { FormText } from '../text/form-text.ts';
import { reading } from './readings.ts';

/** The four domains of an assessment, as 支援計画書 and アセスメントシート print them. */
const DOMAINS: { field: FieldName; begins: RegExp; name: RegExp }[] = [
  {
    field: 'assessment_domain_1',
    begins: /^[(①1.]*運動.?(?:及び)?移動/u,
    name: /^[(①1.]*運動.?(?:及び)?移動(?:について)?/u,
  },
  {
    field: 'assessment_domain_2',
    begins: /^[(②2.]*(?:家庭生活を含む|日常生活)/u,
    name: /^[(②2.]*(?:家庭生活を含む日常生活|日常生活(?:\(家庭生活\))?)(?:について)?/u,
  },
  {
    field: 'assessment_domain_3',
    begins: /^[(③3.]*社会参加/u,
    name: /^[(③3.]*社会参加(?:、|・|並びに)?対人関係(?:・|及び|、)?コミュニケーション(?:について)?|^社会参加(?:について)?/u,
  },
  { field: 'assessment_domain_4', begins: /^[(④4.]*健康管理/u, name: /^[(④4.]*健康管理(?:について)?/u },
];

/** What is written for each domain. A blank domain gives no reading. */
export function domainReadings(form: FormText): Reading[] {
  return namedRows(form, DOMAINS).flatMap((area, i) => {
    const field = DOMAINS[i]?.field;
    return area && field ? [reading(form, field, area.text.slice(0, 300), area)] : [];
  });
}
