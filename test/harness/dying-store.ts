import type { RecordStore } from '../../shared/records/store/record-store.ts';

/** A store that crashes around its n-th write. */
export function dying(store: RecordStore, n: number, isAfter: boolean): RecordStore {
  let writes = 0;
  return new Proxy(store, {
    get(target, name, receiver) {
      const method = Reflect.get(target, name, receiver);
      // Nested calls count as one write.
      if (!['put', 'putIf', 'putOnce', 'update'].includes(String(name))) return method;
      return async (...given: unknown[]) => {
        const isLast = ++writes === n;
        if (isLast && !isAfter) throw new Error('killed');
        if (writes > n) throw new Error('dead already');
        const answer = await method.apply(target, given);
        if (isLast) throw new Error('killed');
        return answer;
      };
    },
  });
}
