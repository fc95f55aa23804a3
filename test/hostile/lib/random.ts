/** Random choices that are the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 1) >>> 0;
  }

  /** 0 ≤ x < 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** a whole number, both ends included */
  between(from: number, to: number): number {
    return Math.floor(from) + Math.floor(this.next() * (Math.floor(to) - Math.floor(from) + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)] as T;
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let i = 0; i < length; i++) bytes[i] = this.between(0, 255);
    return bytes;
  }
}

/** Changes a few bytes as faulty networks, disks and editors do: flips, cuts, doubles, inserts. */
export function mutate(bytes: Uint8Array, random: Random): Buffer {
  let result = Buffer.from(bytes);
  for (let n = random.between(1, 6); n > 0; n--) {
    const at = random.between(0, Math.max(0, result.length - 1));
    const span = random.between(1, random.pick([1, 8, 64, 1024]));
    const [before, piece, after] = [
      result.subarray(0, at),
      result.subarray(at, at + span),
      result.subarray(at + span),
    ];
    const change = random.pick(['flip', 'flip', 'set', 'cut', 'double', 'insert', 'number', 'swap'] as const);
    if (change === 'flip' && piece.length > 0) piece[0] = (piece[0] as number) ^ (1 << random.between(0, 7));
    if (change === 'set') piece.fill(random.pick([0x00, 0xff, 0x22, 0x2c, 0x0a, 0x5c, 0x20]));
    if (change === 'cut') result = Buffer.concat([before, after]);
    if (change === 'double') result = Buffer.concat([before, piece, piece, after]);
    if (change === 'insert') result = Buffer.concat([before, random.bytes(Math.min(span, 64)), piece, after]);
    if (change === 'swap') result = Buffer.concat([before, Buffer.from(piece).reverse(), after]);
    // A digit of a length, a count, an object number or a person's number.
    if (change === 'number') {
      const digits = [...result.subarray(at).entries()].find(([, byte]) => byte >= 0x30 && byte <= 0x39);
      if (digits) result[at + digits[0]] = 0x30 + random.between(0, 9);
    }
  }
  return result;
}
