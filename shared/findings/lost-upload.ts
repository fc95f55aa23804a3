import { type Finding, fileFinding } from './finding.ts';
import { LOST } from './is-lost.ts';

/** What a sender reads of an upload that the desk received and can no longer read: no error of the sender. */
export const lostUpload = (name: string): Finding =>
  fileFinding(
    LOST,
    'error',
    { file: name },
    `${name} は受け付けましたが、その後、受付の側の故障により読み取れなくなりました。書類の誤りではありません。`,
    'お手数ですが、同じものをもう一度送ってください。この受付番号で受理通知か確認中のお知らせが届いている利用者の分は、送り直さなくてかまいません。',
  );
