/** A file that is known and not read. */
export interface ForeignFile {
  /** what it is, in Japanese */
  name: string;
  /** what makes a file of it that is read */
  remedy: string;
}

interface Kind extends ForeignFile {
  /** its name, folders included */
  path?: RegExp;
  /** one of these bytes (as latin1) at an offset */
  head?: { at: number; bytes: string[] };
  /** the whole file as latin1 */
  within?: string;
}

const AGAIN = '送り直してください。';
const PRINT = `元のソフトで開き、「印刷」でプリンターに「Microsoft Print to PDF」を選んでPDFにし、${AGAIN}`;
/** A compound file (MS-CFB): Word, Excel and Outlook of old, and whatever Office encrypts. */
const OLE = { at: 0, bytes: ['\xd0\xcf\x11\xe0'] };
/** A name in a compound file is UTF-16. */
const utf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('latin1');

export const SPLIT_ZIP: ForeignFile = {
  name: '分割された圧縮ファイルの一部',
  remedy: '分割せずに一つのZIPに圧縮し直して送ってください。大きすぎるときは、利用者ごとに分けてください。',
};

/** The first that fits counts; every pattern a kind has must match. */
const KINDS: Kind[] = [
  {
    path: /\.icloud$/i,
    name: 'iCloudの目印だけのファイル（書類の中身は入っていません）',
    remedy: `iPhone・Macで元の書類を一度開いてダウンロードし、そのファイルを${AGAIN}`,
  },
  {
    head: { at: 0, bytes: ['L\0\0\0\x01\x14\x02\0'] },
    name: 'ショートカット（書類の中身は入っていません）',
    remedy: `ショートカットを右クリックして「ファイルの場所を開く」を選び、そこにある元のファイルを${AGAIN}`,
  },
  {
    path: /\.(?:url|webloc)$/i,
    name: 'リンクだけのファイル（書類の中身は入っていません）',
    remedy: `リンクを開いて書類をダウンロードし、そのファイルを${AGAIN}`,
  },
  {
    path: /\.(?:crdownload|part|partial|download)$/i,
    name: '途中まで保存されたファイル',
    remedy: `ダウンロードや保存が終わるのを待ち、できあがったファイルを${AGAIN}`,
  },
  {
    path: /\.(?:(?:zip|7z|rar|lzh)\.\d{3}|z\d{2}|r\d{2}|part\d+\.rar)$/i,
    ...SPLIT_ZIP,
  },
  { head: { at: 0, bytes: ['PK\x07\x08'] }, ...SPLIT_ZIP },
  {
    path: /\.(?:xdw|xbd|xct)$/i,
    name: 'DocuWorks文書',
    remedy: `DocuWorks Deskで文書を選び、「ファイル」→「イメージ変換出力」でPDFにするか、DocuWorks Viewerの「印刷」で「Microsoft Print to PDF」を選び、できたPDFを${AGAIN}`,
  },
  {
    head: { at: 0, bytes: ['\x60\x0e\x82'] },
    name: 'DocuWorks文書',
    remedy: `DocuWorks Viewerで開き、「印刷」で「Microsoft Print to PDF」を選び、できたPDFを${AGAIN}`,
  },
  {
    head: { at: 0, bytes: ['x\x9f>"'] },
    name: 'Outlookが添付を包んだファイル（winmail.dat）',
    remedy: `送信元に、メールの形式を「HTML」か「テキスト」にして送ってもらい、その添付ファイルを${AGAIN}`,
  },
  {
    head: OLE,
    within: utf16('EncryptedPackage'),
    name: 'パスワードで保護されたExcel・Word・PowerPointのファイル',
    remedy: `ファイルを開き、「ファイル」→「情報」→「ブックの保護（文書の保護）」→「パスワードを使用して暗号化」を空にして保存し、${AGAIN}`,
  },
  {
    path: /\.(?:jtd|jtt|jtdc)$/i,
    name: '一太郎文書',
    remedy: `一太郎で開き、「ファイル」→「他形式の保存／開く」→「PDF保存」でPDFにし、${AGAIN}`,
  },
  { path: /\.(?:ppt|pps)[xm]?$/i, name: 'PowerPointのファイル', remedy: PRINT },
  {
    path: /\.(?:pages|numbers|key)$/i,
    name: 'Appleのソフト（Pages・Numbers）のファイル',
    remedy: `元のソフトで開き、「ファイル」→「書き出す」→「PDF」でPDFにし、${AGAIN}`,
  },
  { path: /\.o?xps$/i, name: 'XPS文書', remedy: PRINT },
  {
    path: /\.(?:odt|odp|odg)$/i,
    name: 'OpenDocument形式の文書',
    remedy: `元のソフトで開き、「PDFとしてエクスポート」でPDFにし、${AGAIN}`,
  },
  {
    head: OLE,
    within: utf16('WordDocument'),
    name: '古い形式のWord文書（.doc）',
    remedy: `Wordで開き、「名前を付けて保存」で種類を「PDF」か「Word文書（.docx）」にして、${AGAIN}`,
  },
  { head: OLE, name: '古い形式のExcel・Wordなどのファイル', remedy: PRINT },
  {
    head: { at: 0, bytes: ['{\\rtf'] },
    name: 'RTF文書',
    remedy: `Wordで開き、「名前を付けて保存」で種類を「PDF」にして、${AGAIN}`,
  },
  {
    path: /\.(?:html?|mht(?:ml)?)$/i,
    name: 'Webページ',
    remedy: `ブラウザーで開き、「印刷」で「PDFに保存」を選び、できたPDFを${AGAIN}`,
  },
  {
    path: /\.p7[ms]$/i,
    name: '暗号化または署名されたメール',
    remedy: `メールを開き、添付されている書類を保存して、そのファイルを${AGAIN}`,
  },
  {
    head: { at: 4, bytes: ['ftypqt', 'ftypmp4', 'ftypisom', 'ftypM4V'] },
    name: '動画',
    remedy: `書類を写真に撮るか、スキャンして${AGAIN}`,
  },
  {
    head: { at: 4, bytes: ['ftypavif', 'jP  '] },
    name: '読み取らない種類の画像（AVIF・JPEG 2000）',
    remedy: `画像を開き、JPEGかPNGで保存し直して${AGAIN}`,
  },
  {
    head: { at: 0, bytes: ['MZ'] },
    name: '実行ファイル（自己解凍形式など）',
    remedy: `実行ファイルは受け取れません。書類そのものを取り出し、${AGAIN}`,
  },
  {
    path: /\.(?:xls[xmb]|doc[xm]|ods)$/i,
    head: { at: 0, bytes: ['PK'] },
    name: '途中で切れているか壊れているExcel・Wordのファイル',
    remedy: `元のソフトで開けることを確かめ、保存し直して${AGAIN}`,
  },
  {
    path: /\.xls$/i,
    name: 'Excelの名前（.xls）を付けたWebページかテキスト',
    remedy: `Excelで開き、「名前を付けて保存」で種類を「Excelブック（.xlsx）」にして、${AGAIN}`,
  },
  {
    head: { at: 0, bytes: ['\x1f\x8b'] },
    name: 'gzip形式の圧縮ファイル',
    remedy: `展開して、中の書類を${AGAIN}`,
  },
];

/** A kind of file that is not read, by its name and its bytes; null where it is not known. */
export function foreignFile(path: string, bytes: Uint8Array): ForeignFile | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = data.subarray(0, 16).toString('latin1');
  const found = KINDS.find(
    (kind) =>
      (!kind.path || kind.path.test(path)) &&
      (!kind.head || startsWith(head, kind.head)) &&
      (!kind.within || data.includes(kind.within, 0, 'latin1')),
  );
  return found ? { name: found.name, remedy: found.remedy } : null;
}

const startsWith = (head: string, { at, bytes }: NonNullable<Kind['head']>): boolean =>
  bytes.some((each) => head.startsWith(each, at));
