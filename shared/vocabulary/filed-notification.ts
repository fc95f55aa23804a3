/** One 届出 as it was filed. Dates are ISO. What is not written on it is left out. */
export interface FiledNotification {
  form?: string | null;
  kind?: string | null;
  /** where it was handed in */
  to?: string | null;
  /** 担当事業所 */
  responsible?: string | null;
  /** 受託事業所 */
  entrusted?: string | null;
  attachments?: string[] | null;
  signed?: boolean | null;
  /** filed on */
  date?: string | null;
  effective_from?: string | null;
  office_name_and_number_filled?: boolean | null;
}
