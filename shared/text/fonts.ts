import { createRequire } from 'node:module';
import { join } from 'node:path';

/** File of the font that letters and 送付票 are drawn in. A deployed function has it beside its bundle. */
export function fontFile(weight: 'regular' | 'bold'): string {
  const name = weight === 'bold' ? '700Bold' : '400Regular';
  const file = `BIZUDGothic_${name}.ttf`;
  const folder = process.env.UKETSUKE_FONTS;
  if (folder) return join(folder, file);
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/biz-udgothic/${name}/${file}`);
}
