import type { PDFPageProxy } from 'pdfjs-dist';
import { OP } from './operators.ts';

/** What of a font places its letters. */
export interface PageFont {
  /** within the file */
  name: string;
  /** it runs from top to bottom */
  isVertical: boolean;
  /** a width of 1 in the size of the font: a thousandth but for fonts with a matrix of their own */
  unit: number;
  /** of letters of size 1: not 1 only where letters are drawings and their size only a scale (Type 3) */
  height: number;
}

const THOUSANDTH = 0.001;
export const NO_FONT: PageFont = { name: '', isVertical: false, unit: THOUSANDTH, height: 1 };

/** A font as pdfjs draws with it. */
interface EngineFont {
  vertical?: boolean;
  isType3Font?: boolean;
  fontMatrix?: number[];
  bbox?: number[];
}

/** The fonts of a page, by name, as its operators come in. */
export class PageFonts {
  private readonly fonts = new Map<string, PageFont>();
  private readonly page: PDFPageProxy;

  constructor(page: PDFPageProxy) {
    this.page = page;
  }

  get(name: string): PageFont {
    return this.fonts.get(name) ?? NO_FONT;
  }

  /** Waits for the fonts that operators name. */
  async load(operators: number[], argsOf: (unknown[] | null)[]): Promise<void> {
    for (const name of this.unknownIn(operators, argsOf))
      if (!this.fonts.has(name)) this.fonts.set(name, await this.fromEngine(name));
  }

  private unknownIn(operators: number[], argsOf: (unknown[] | null)[]): string[] {
    const names: string[] = [];
    for (let i = 0; i < operators.length; i++) {
      if (operators[i] === OP.setFont) names.push(String(argsOf[i]?.[0]));
      else if (operators[i] === OP.setGState)
        names.push(...fontsIn((argsOf[i]?.[0] ?? null) as [string, unknown][] | null));
    }
    return names.filter((name) => !this.fonts.has(name));
  }

  private fromEngine(name: string): Promise<PageFont> {
    return new Promise((resolve) =>
      this.page.commonObjs.get(name, (font: EngineFont | string) => resolve(toPageFont(name, font))),
    );
  }
}

/** The fonts of a dictionary of graphics state. */
const fontsIn = (entries: [string, unknown][] | null): string[] =>
  (entries ?? []).flatMap(([key, value]) => (key === 'Font' ? [String((value as unknown[])[0])] : []));

/** @param font the text of an error where the engine could not make it */
function toPageFont(name: string, font: EngineFont | string): PageFont {
  if (typeof font === 'string') return { ...NO_FONT, name };
  const { vertical = false, isType3Font = false, fontMatrix = [], bbox = [] } = font;
  const height = ((bbox[3] ?? 0) - (bbox[1] ?? 0)) * (fontMatrix[3] ?? THOUSANDTH);
  return {
    name,
    isVertical: vertical,
    unit: fontMatrix[0] ?? THOUSANDTH,
    height: isType3Font && height > 0 ? height : 1,
  };
}
