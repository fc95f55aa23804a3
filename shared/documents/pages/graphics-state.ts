import { type Box, boxOnPage, common, type Matrix, multiply } from './geometry.ts';
import { OP } from './operators.ts';
import { NO_FONT, type PageFont } from './page-fonts.ts';

/** What `save` keeps and `restore` brings back. */
export interface GraphicsState {
  /** to points from the top left of the page as seen */
  matrix: Matrix;
  textMode: number;
  /** 0 black, 1 white; null: a pattern, or a color that is not known */
  fill: number | null;
  /** 0 transparent, 1 opaque */
  fillAlpha: number;
  strokeAlpha: number;
  /** what is beneath shows through whatever its alpha (a marker's ink) */
  isBlended: boolean;
  lineWidth: number;
  /** nothing is drawn outside of it; null: no limit */
  clip: Box | null;
  font: PageFont;
  fontSize: number;
  /** between letters, and between words beside it */
  spacing: number;
  wordSpacing: number;
  /** 1: letters as wide as their font draws them */
  stretch: number;
  /** of letters above their base line */
  rise: number;
  leading: number;
  textMatrix: Matrix;
  /** where the next letter is drawn, in the space of the text matrix */
  x: number;
  y: number;
  /** where its line begins */
  lineX: number;
  lineY: number;
}

/** Tells whether a layer (optional content) is shown. */
export type IsShown = (group: unknown) => boolean;

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

const firstState = (matrix: Matrix): GraphicsState => ({
  matrix,
  textMode: 0,
  fill: 0,
  fillAlpha: 1,
  strokeAlpha: 1,
  isBlended: false,
  lineWidth: 1,
  clip: null,
  font: NO_FONT,
  fontSize: 0,
  spacing: 0,
  wordSpacing: 0,
  stretch: 1,
  rise: 0,
  leading: 0,
  textMatrix: IDENTITY,
  x: 0,
  y: 0,
  lineX: 0,
  lineY: 0,
});

/** Follows the operators of a page and holds the graphics state after each. */
export class GraphicsWalk {
  state: GraphicsState;
  private saved: GraphicsState[] = [];
  /** saved states around each form: a form cannot restore them */
  private readonly around: GraphicsState[][] = [];
  private readonly layers: boolean[] = [];
  private readonly groups: boolean[] = [];
  private hiddenLayers = 0;
  private masks = 0;
  private clips = false;
  private readonly isShown: IsShown;
  private readonly fontOf: (name: string) => PageFont;

  constructor(view: Matrix, isShown: IsShown, fontOf: (name: string) => PageFont) {
    this.state = firstState(view);
    this.isShown = isShown;
    this.fontOf = fontOf;
  }

  /** what is drawn belongs to a layer that is switched off, or is the mask of something else */
  get isOff(): boolean {
    return this.hiddenLayers + this.masks > 0;
  }

  /** what is drawn is the mask of something else */
  get isMask(): boolean {
    return this.masks > 0;
  }

  follow(operator: number, args: unknown[]): void {
    switch (operator) {
      case OP.save:
        this.saved.push({ ...this.state });
        break;
      case OP.restore:
        this.state = this.saved.pop() ?? this.state;
        break;
      case OP.formBegin:
        this.enterForm(args);
        break;
      case OP.formEnd:
        this.leaveForm();
        break;
      case OP.clip:
      case OP.eoClip:
        this.clips = true;
        break;
      case OP.beginMarkedContent:
        this.layers.push(true);
        break;
      case OP.beginMarkedContentProps:
        this.beginLayer(args[0] !== 'OC' || this.isShown(args[1]));
        break;
      case OP.endMarkedContent:
        if (this.layers.pop() === false) this.hiddenLayers--;
        break;
      case OP.beginGroup:
        this.beginGroup(Boolean((args[0] as { smask?: unknown } | undefined)?.smask));
        break;
      case OP.endGroup:
        if (this.groups.pop()) this.masks--;
        break;
      case OP.path:
        // the path that follows a clip operator is the clip, and it is painted or not
        if (this.clips) this.state.clip = clippedBy(this.state, args[2]);
        this.clips = false;
        break;
      default:
        this.set(operator, args);
    }
  }

  private enterForm([matrix, bounds]: unknown[]): void {
    this.saved.push({ ...this.state });
    this.around.push(this.saved);
    this.saved = [];
    if (isMatrix(matrix)) this.state.matrix = multiply(this.state.matrix, listed(matrix));
    if (bounds) this.state.clip = clippedBy(this.state, bounds);
  }

  private leaveForm(): void {
    this.saved = this.around.pop() ?? this.saved;
    this.state = this.saved.pop() ?? this.state;
  }

  private beginLayer(isShown: boolean): void {
    this.layers.push(isShown);
    if (!isShown) this.hiddenLayers++;
  }

  private beginGroup(isMask: boolean): void {
    this.groups.push(isMask);
    if (isMask) this.masks++;
  }

  private set(operator: number, args: unknown[]): void {
    const { state } = this;
    switch (operator) {
      case OP.transform:
        state.matrix = multiply(state.matrix, args as Matrix);
        break;
      case OP.setTextRenderingMode:
        state.textMode = Number(args[0]);
        break;
      case OP.setLineWidth:
        state.lineWidth = Number(args[0]);
        break;
      case OP.setFillRGBColor:
        state.fill = lightness(args[0]);
        break;
      case OP.setFillColorN:
        state.fill = null;
        break;
      case OP.setGState:
        for (const [key, value] of (args[0] ?? []) as [string, unknown][]) this.setNamed(key, value);
        break;
      default:
        placeText(state, operator, args, this.fontOf);
    }
  }

  /** An entry of a dictionary of graphics state (ISO 32000-1 table 58). */
  private setNamed(key: string, value: unknown): void {
    if (key === 'ca') this.state.fillAlpha = Number(value);
    if (key === 'CA') this.state.strokeAlpha = Number(value);
    if (key === 'BM') this.state.isBlended = value !== 'source-over';
    if (key === 'Font') placeText(this.state, OP.setFont, value as unknown[], this.fontOf);
  }
}

/** pdfjs checks no arguments: a name or a list in place of a number places nothing. */
const numeric = (value: unknown): number => (typeof value === 'number' ? value : 0);

const isMatrix = (value: unknown): value is Matrix =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && (value as Float32Array).length === 6);

/** As a list: one that is a Float32Array now and a list then is multiplied slowly. */
const listed = (matrix: Matrix): Matrix => [matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]];

/** The operators after which text is placed otherwise. */
function placeText(
  state: GraphicsState,
  operator: number,
  args: unknown[],
  fontOf: (name: string) => PageFont,
): void {
  switch (operator) {
    case OP.beginText:
      state.textMatrix = IDENTITY;
      state.x = state.y = state.lineX = state.lineY = 0;
      break;
    case OP.setTextMatrix:
      state.textMatrix = listed(args[0] as Matrix);
      state.x = state.y = state.lineX = state.lineY = 0;
      break;
    case OP.setFont:
      state.font = fontOf(String(args[0]));
      state.fontSize = numeric(args[1]);
      break;
    case OP.setCharSpacing:
      state.spacing = numeric(args[0]);
      break;
    case OP.setWordSpacing:
      state.wordSpacing = numeric(args[0]);
      break;
    case OP.setHScale:
      state.stretch = numeric(args[0]) / 100;
      break;
    case OP.setTextRise:
      state.rise = numeric(args[0]);
      break;
    case OP.setLeading:
      state.leading = -numeric(args[0]);
      break;
    case OP.setLeadingMoveText:
      state.leading = numeric(args[1]);
      startLine(state, numeric(args[0]), numeric(args[1]));
      break;
    case OP.moveText:
      startLine(state, numeric(args[0]), numeric(args[1]));
      break;
    case OP.nextLine:
      startLine(state, 0, state.leading);
  }
}

function startLine(state: GraphicsState, x: number, y: number): void {
  state.lineX += x;
  state.lineY += y;
  state.x = state.lineX;
  state.y = state.lineY;
}

/** `#rrggbb` as 0 (black) to 1 (white). */
function lightness(color: unknown): number | null {
  const [, r, g, b] = /^#(..)(..)(..)$/.exec(String(color)) ?? [];
  if (r === undefined || g === undefined || b === undefined) return null;
  const part = (hex: string): number => Number.parseInt(hex, 16) / 255;
  return part(r) * 0.299 + part(g) * 0.587 + part(b) * 0.114;
}

/** The clip after one more limit: the part the two have in common. */
function clippedBy({ matrix, clip }: GraphicsState, bounds: unknown): Box | null {
  const numbers = Array.from((bounds ?? []) as ArrayLike<number>);
  if (numbers.length < 4 || !numbers.every(Number.isFinite)) return clip;
  const box = boxOnPage(matrix, numbers);
  return clip ? common(box, clip) : box;
}
