import type { LocalCloud } from './cloud.ts';
import { resourcesOf, type Template } from './template.ts';

/**
 * Sets the environment variables of all functions of the template in this one process.
 * Throws when two functions give one name different values.
 */
export function setEnvironment(template: Template, cloud: LocalCloud): void {
  const variables: Record<string, string> = {};
  for (const [id, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function'))
    for (const [name, raw] of Object.entries(Properties.Environment?.Variables ?? {})) {
      const value = cloud.resolve(raw);
      // Folders beside a bundle: the sources find their own.
      if (value.startsWith('/var/task')) continue;
      // A secret that CloudFormation resolves: there is no door here.
      if (value.startsWith('{{resolve:')) continue;
      if (variables[name] !== undefined && variables[name] !== value)
        throw new Error(`${id}: ${name} has two values`);
      variables[name] = value;
    }
  Object.assign(process.env, variables);
}
