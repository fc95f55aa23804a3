/**
 * Making texts comparable: width (NFKC), dashes, and 異体字 (variant characters of one name).
 * Values are folded for comparing and computing; what was printed always stays in `Reading.raw`.
 */

/**
 * Variant → the form of the 常用漢字表 (or the commoner one). Each pair is one character in two shapes, found in
 * names and addresses; characters that are different names (斎 / 斉) are not folded into one another.
 * NFKC already folds the compatibility ideographs (塚, 晴, 神 …) and the Kangxi radicals that PDFs like to print.
 */
const VARIANTS = new Map(
  [
    // names; the first three are the classic CP932 extension characters (NEC選定IBM拡張文字)
    '髙高 﨑崎 﨟臈 嵜崎 濱浜 濵浜 邊辺 邉辺 齋斎 齊斉 澤沢 櫻桜 國国 廣広 嶋島 嶌島 﨩島 𠮷吉 眞真 惠恵 德徳',
    '禮礼 榮栄 壽寿 彌弥 龍竜 瀧滝 澁渋 藏蔵 豐豊 峯峰 嶽岳 冨富 桒桑 條条 關関 萬万 與与 槇槙 檜桧 顯顕 靜静',
    '增増 黑黒 淸清 瀨瀬 賴頼 郞郎 薰薫 緖緒 曻昇 昻昂 鷗鴎 曾曽 圓円 學学 區区 縣県 實実 寬寛 橫横 歷歴 內内',
    '吳呉 强強 鄕郷 﨔欅 假仮 價価 兒児 圖図 團団 壯壮 將将 應応 戀恋 擴拡 數数 斷断 晝昼 會会 樂楽 樣様 歸帰',
    '氣気 淺浅 溪渓 瀆涜 爲為 獨独 當当 發発 盡尽 稱称 穗穂 經経 總総 繪絵 繩縄 聲声 臺台 舊旧 莊荘 藝芸 藥薬',
    '處処 號号 蟲虫 覺覚 觀観 證証 讀読 變変 讓譲 辯弁 遙遥 遲遅 鄰隣 醫医 釋釈 鐵鉄 鑛鉱 隱隠 雙双 雜雑 靈霊',
    '餘余 驛駅 驗験 鹽塩 麥麦 黃黄 點点 黨党 齒歯 龜亀 凉涼 凜凛 堯尭 巖巌 晉晋 敎教 敕勅 暎映 檢検 祿禄 靑青',
    '尙尚 步歩 每毎 海海 舘館 舩船 舗舖 栁柳 桺柳 槗橋 𣘺橋 噐器 斈学 扵於 珎珍 厺去 刕州 卋世 﨤返 衞衛 亞亜',
    // radicals that print like the character; NFKC leaves them, or folds them to the Chinese shape
    '⻑長 ⻄西 ⻘青 ⻩黄 ⻲亀 ⻨麦 ⻭歯 ⻝食 ⻁虎 ⻤鬼 ⻥魚 ⻦鳥 ⻯竜 ⺟母 ⺠民 ⻆角 ⻫斉 ⻮歯 戶戸 户戸',
  ]
    .join(' ')
    .split(' ')
    .map((pair): [string, string] => {
      const [variant = '', standard = ''] = pair;
      return [variant, standard];
    }),
);
const ANY_VARIANT = new RegExp(`[${[...VARIANTS.keys()].join('')}]`, 'gu');
const ANY_DASH = /[\u2010-\u2015\u2212\u2500]/g;
const ANY_WAVE = /[\u301c\u223c\u223d]/g;
/** variation selectors: they choose a shape, not a character */
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** ASCII, kana, common kanji and their signs, of which nothing is folded. */
const IS_FOLDED = /^[\n\x20-\x7e\u3001\u3002\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff]*$/;

/** Folds width: ０→0, ｶﾞ→ガ, 　→half-width blank, ㋿→令和, every dash → `-`, every wave → `~`. Line breaks stay. */
export function foldWidth(text: string): string {
  if (IS_FOLDED.test(text)) return text;
  return text
    .replace(SELECTORS, '')
    .normalize('NFKC')
    .replace(ANY_DASH, '-')
    .replace(ANY_WAVE, '~')
    .replace(/\r\n?/g, '\n');
}

/** Folds 異体字 (髙→高, 﨑→崎). Nothing else changes. */
export const foldVariants = (text: string): string =>
  text.replace(SELECTORS, '').replace(ANY_VARIANT, (c) => VARIANTS.get(c) ?? c);

/** Width and 異体字 folded, blanks (also line breaks) made single and trimmed: the `value` of a name or a short field. */
export const fold = (text: string): string =>
  foldVariants(foldWidth(foldVariants(text)))
    .replace(/\s+/g, ' ')
    .trim();

/** For finding labels and comparing texts: folded, without any blank. */
export const foldKey = (text: string): string => fold(text).replace(/ /g, '');

/** Two spellings of one name have the same key: blanks, width, 異体字 and small kana marks (ヶ/ケ) do not count. */
export const nameKey = (name: string): string =>
  foldKey(name)
    .replace(/ヶ/g, 'ケ')
    .replace(/[・･.,]/g, '');

/** Free text for reading on: line breaks made `\n`, blank lines and blanks at the ends dropped, characters untouched. */
export function tidyText(text: string): string {
  // Line by line and not by patterns: those look again from every blank of a long row of blanks.
  const lines = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(Math.max(first, 0), last + 1).join('\n');
}

/** Index of the first 外字 (private use character, what CP932 F040–F9FC becomes), or -1. */
export const findGaiji = (text: string): number => text.search(/[\ue000-\uf8ff]/);
