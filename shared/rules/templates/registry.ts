import type { AnyTemplate } from '../rule-template.ts';
import { addon } from './addon.ts';
import { aggregate } from './aggregate.ts';
import { alert } from './alert.ts';
import { category } from './category.ts';
import { checklistScore } from './checklist-score.ts';
import { contract } from './contract.ts';
import { deadline } from './deadline.ts';
import { documents } from './documents.ts';
import { exemption } from './exemption.ts';
import { fee } from './fee.ts';
import { human } from './human.ts';
import { involvement } from './involvement.ts';
import { monitoring } from './monitoring.ts';
import { notification } from './notification.ts';
import { out } from './out.ts';
import { payer } from './payer.ts';
import { permission } from './permission.ts';
import { requirement } from './requirement.ts';
import { watch } from './watch.ts';

/** Every template. The loader, the JSON schema, the guide and the judge take them from here. */
export const TEMPLATES = [
  category,
  permission,
  requirement,
  alert,
  fee,
  payer,
  addon,
  documents,
  notification,
  contract,
  deadline,
  watch,
  monitoring,
  checklistScore,
  involvement,
  aggregate,
  exemption,
  human,
  out,
] as const;

const byName = new Map<string, AnyTemplate>(TEMPLATES.map((template) => [template.name, template]));

/** The template of an entry. The loader has checked that it is one of the list. */
export function templateOf({ template }: { template: string }): AnyTemplate {
  const found = byName.get(template);
  if (!found) throw new Error(`no rule template ${template}`);
  return found;
}
