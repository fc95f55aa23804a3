import { cp932 } from '../../test/builders/cp932.ts';
import { type ZipPart, zip } from '../../test/builders/zip.ts';
import { basePackets } from '../../test/hostile/lib/base-packets.ts';

/**
 * One office's month as a ZIP: the accepted sample, once per person.
 * @param first serial number of the first person
 * @param withPdf also its two PDFs
 */
export async function officeMonth(
  persons: number,
  { first = 0, withPdf = true }: { first?: number; withPdf?: boolean } = {},
): Promise<Buffer> {
  const base = (await basePackets()).find(({ name }) => name === 'iwaki-direct')!;
  const files = [...base.files].filter(([name]) => withPdf || !name.endsWith('.pdf'));
  const parts = Array.from({ length: persons }, (_, index): ZipPart[] => {
    const nth = first + index;
    const number = String(9_000 + nth).padStart(10, '0');
    const own = (text: string): string => text.replaceAll('0000000201', number);
    return files.map(([name, bytes]) => {
      const path = `${nth}_person/${name}`;
      if (name.endsWith('.pdf'))
        return { name: path, bytes: Buffer.concat([bytes, Buffer.from(`\n%${nth}\n%%EOF\n`)]) };
      if (name === 'packet.json') return { name: path, bytes: own(bytes.toString()) };
      return { name: path, bytes: cp932(own(new TextDecoder('shift_jis').decode(bytes))) };
    });
  });
  return zip(parts.flat());
}
