/** The part of the package `qrcode` that is used here; it brings no types of its own. */
declare module 'qrcode' {
  /** The dots of a code: `get(row, column)` is 1 where it is dark. */
  interface QrModules {
    size: number;
    get(row: number, column: number): number;
  }
  const qrcode: {
    create(text: string, options: { errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' }): { modules: QrModules };
  };
  export default qrcode;
}
