import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axeCore from 'axe-core';
import { PDFParse } from 'pdf-parse';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';

const AXE = axeCore.source;
/** The two widths every screen must serve: a desk and a phone. */
const WIDTHS = [1280, 390];

let browser: Browser;
let context: BrowserContext;

/** Registers the browser of a test file: a fresh context, so that no sign-in of another file is seen. */
export function openBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.connect(inject('stage').endpoint);
    context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 900 } });
    // Below the time limit of a test, so that a failure names its step.
    context.setDefaultTimeout(200_000);
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
  });
}

/** A new tab at an address of the desk, with no one signed in. */
export async function openDesk(): Promise<Page> {
  const [link = ''] = Object.values(inject('stage').links);
  const page = await context.newPage();
  await page.goto(new URL(link).origin);
  return page;
}

/** A new tab, signed in by the link of a person of samples/people.yaml. */
export const signInAs = (name: string): Promise<Page> => signInAt(inject('stage').links, name);

/** The same on the desk of the synthetic city. */
export const signInToDemo = (name: string): Promise<Page> => signInAt(inject('stage').demo ?? {}, name);

/** The same on a desk of the test's own. */
export async function signInAt(links: Record<string, string>, name: string): Promise<Page> {
  const link = links[name];
  if (!link) throw new Error(`${name} is not among the people of this desk`);
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'サインアウト' }).waitFor();
  return page;
}

/** The text of the screen on paper, without the blanks between its words. */
export const printed = async (page: Page): Promise<string> => textOf(await page.pdf({ format: 'A4' }));

/** The text of the PDF that a button saves, without the blanks between its words. */
export const savedText = async (page: Page, button: string): Promise<string> =>
  textOf(await savedFile(page, button));

/** The file that a button saves. */
export async function savedFile(page: Page, button: string): Promise<Buffer> {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-saved-'));
  try {
    // The browser is another process: it hands the file over.
    await (await saving).saveAs(join(folder, 'saved'));
    return readFileSync(join(folder, 'saved'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function textOf(pdf: Buffer): Promise<string> {
  const parser = new PDFParse({ data: pdf });
  const { text } = await parser.getText();
  await parser.destroy();
  return text.replaceAll(/\s/g, '');
}

/** Most stops of a key on any screen here. */
const MOST_STOPS = 60;

/** Moves the focus by one key alone until it is on what is named so: Tab between things, an arrow within a table. */
export async function keyTo(page: Page, key: 'Tab' | 'ArrowRight', name: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press(key);
    const names = await page.evaluate(() => {
      const { activeElement: at } = document;
      return [at?.textContent, at?.getAttribute('role'), at?.getAttribute('aria-label')];
    });
    if (names.includes(name)) return;
  }
  throw new Error(`the key ${key} does not reach 「${name}」`);
}

/** What axe finds at both widths, as one line each; empty where the screen is accessible. */
export async function axe(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    // Evaluated, not added as a script element: the page's own policy forbids foreign scripts.
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      // Spoken once and removed by the component library, after what it names may have gone.
      `axe.run({ exclude: ['[data-live-announcer]'] })`,
    );
    for (const { id, nodes } of violations) found.push(`${width}: ${id}: ${nodes[0]?.html}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  return found;
}

const PICTURES = resolve(import.meta.dirname, '../../docs/ja/images');

/** Opens a screen by its link in the navigation. */
export async function openScreen(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: '画面' })
    .getByRole('link', { name, exact: true })
    .last()
    .click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByText('読み込んでいます').first().waitFor({ state: 'hidden' });
}

/**
 * The screen as the guides of docs/ja/ show it, taken where `npm run pictures` asks for it. A test takes it in passing, so
 * that a screen which no longer opens cannot stay in a guide.
 */
export async function picture(page: Page, name: string): Promise<void> {
  if (!inject('stage').demo) return;
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}
