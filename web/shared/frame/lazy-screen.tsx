import { type ComponentType, lazy, type ReactElement } from 'react';

/** A screen that is loaded when it is first shown: an office never loads what draws the city's charts. */
export function lazyScreen<const Name extends string>(
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): ReactElement {
  const Screen = lazy(async (): Promise<{ default: ComponentType }> => ({ default: (await load())[name] }));
  return <Screen />;
}
