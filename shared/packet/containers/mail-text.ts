interface Mail {
  subject: string | undefined;
  from: string | undefined;
  date: string | undefined;
  text: string | undefined;
  /** small pictures within the text that are no files of the packet */
  leftOut: number;
}

/** The head and the text of a mail as a text file. */
export const mailText = ({ subject, from, date, text, leftOut }: Mail): Uint8Array =>
  Buffer.from(
    [
      `件名: ${subject ?? ''}`,
      `差出人: ${from ?? ''}`,
      `日時: ${date ?? ''}`,
      ...(leftOut > 0 ? [`（本文の中の小さな画像 ${leftOut}件は、書類として扱っていません）`] : []),
      '',
      (text ?? '').trim(),
      '',
    ].join('\n'),
  );
