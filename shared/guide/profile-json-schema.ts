import * as z from 'zod';
import { profileSchema } from '../rules/entry.ts';

/**
 * The JSON Schema of profiles/<city>.yaml, so that an editor completes keys and marks slips while an officer types.
 * The loader checks more (facts, overlaps, names in sentences): shared/rules/check-profile.ts.
 */
export function profileJsonSchema(): string {
  const schema = z.toJSONSchema(profileSchema, { io: 'input', reused: 'ref', unrepresentable: 'any' });
  const titled = {
    $schema: schema.$schema,
    title: '市の規則（profiles/<市>.yaml）',
    description: '受付が審査に使う規則。npm run docs が作る。',
    ...schema,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
