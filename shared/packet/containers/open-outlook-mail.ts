import library from '@kenjiuno/msgreader';
import { type ContainedFile, ContainerError, MAIL_TEXT } from './contents.ts';
import { mailText } from './mail-text.ts';

const MsgReader = library.default;

/** The text of a mail as Outlook saves it (MS-OXMSG) and its attachments; a mail attached to it is a file of its kind. */
export function openOutlookMail(bytes: Uint8Array): ContainedFile[] {
  try {
    const reader = new MsgReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const mail = reader.getFileData();
    if (mail.error !== undefined || mail.dataType !== 'msg') throw new ContainerError('damaged');
    if (!mail.subject && !mail.body && !mail.attachments?.length) throw new ContainerError('damaged');
    const files = (mail.attachments ?? []).map((each, i) => {
      const { fileName, content } = reader.getAttachment(each);
      return { name: fileName || `添付${i + 1}${each.innerMsgContent ? '.msg' : ''}`, bytes: content };
    });
    const body = mailText({
      subject: mail.subject,
      from: mail.senderSmtpAddress ?? mail.senderEmail ?? mail.senderName,
      date: mail.messageDeliveryTime ?? mail.clientSubmitTime,
      text: mail.body,
      leftOut: 0,
    });
    return [{ name: MAIL_TEXT, bytes: body }, ...files];
  } catch (cause) {
    // The library throws whatever comes of a damaged file.
    throw cause instanceof ContainerError ? cause : new ContainerError('damaged', cause);
  }
}
