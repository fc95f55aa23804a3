export async function runRedrive(_argv: string[]): Promise<number> {
  return 2;
}
export async function runRebuild(_argv: string[]): Promise<number> {
  return 2;
}
