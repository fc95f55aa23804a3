/** Columns that begin every file. */
export const KEY_COLUMNS = ['CSVバージョン', '保険者番号', '被保険者番号'];
