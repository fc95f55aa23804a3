/** Runs the work with the desk's own log lines gathered instead of printed: thousands of failures are the point here. */
export async function quietly<T>(work: () => Promise<T>): Promise<{ result: T; log: string[] }> {
  const log: string[] = [];
  const write = process.stderr.write;
  process.stderr.write = ((text: string | Uint8Array) => {
    log.push(String(text));
    return true;
  }) as typeof write;
  try {
    return { result: await work(), log };
  } finally {
    process.stderr.write = write;
  }
}
