import PostalMime from 'postal-mime';
import { type ContainedFile, ContainerError, MAIL_TEXT } from './contents.ts';
import { htmlText } from './html-text.ts';
import { mailText } from './mail-text.ts';

/** Pictures of a signature or a letterhead, shown within the text; a page of a document takes more bytes. */
const SMALL_PICTURE = 30 * 1024;

/** The text of a mail (RFC 5322) and its attachments. What encrypts or signs it as a whole stays an attachment. */
export async function openMail(bytes: Uint8Array): Promise<ContainedFile[]> {
  const mail = await PostalMime.parse(bytes, {
    attachmentEncoding: 'arraybuffer',
    forceRfc822Attachments: true,
    maxNestingDepth: 20,
  }).catch((cause: unknown) => {
    throw new ContainerError('damaged', cause);
  });
  if (!mail.from && !mail.subject && mail.attachments.length === 0) throw new ContainerError('damaged');
  const files = mail.attachments.map((each, i): ContainedFile & { isSmall: boolean } => {
    const content = new Uint8Array(each.content as ArrayBuffer);
    const isMail = each.mimeType === 'message/rfc822';
    const name = each.filename || `添付${i + 1}${isMail ? '.eml' : ''}`;
    const isSmall = each.related === true && /^image\//.test(each.mimeType) && content.length < SMALL_PICTURE;
    return { name, bytes: content, isSmall };
  });
  const body = mailText({
    subject: mail.subject,
    from: mail.from?.address ?? mail.from?.name,
    date: mail.date,
    text: mail.text ?? (mail.html && htmlText(mail.html)),
    leftOut: files.filter(({ isSmall }) => isSmall).length,
  });
  return [
    { name: MAIL_TEXT, bytes: body },
    ...files.filter(({ isSmall }) => !isSmall).map(({ name, bytes: content }) => ({ name, bytes: content })),
  ];
}
