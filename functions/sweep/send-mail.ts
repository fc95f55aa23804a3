import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { WaitingMail } from '../../shared/letters/waiting-mail.ts';

/** Sends one mail. `id`: the same for the same mail, so that it is written once. */
export type SendMail = (to: string, mail: WaitingMail, id: string) => Promise<void>;

/** On one machine as a file, on AWS by SES from an identity of the deployment. */
export const sendMail: SendMail = (to, mail, id) => {
  const { MAIL_FROM: from, UKETSUKE_MAIL_FOLDER: folder } = process.env;
  return folder ? keepMail(folder, to, mail, id) : sendBySes(from!, to, mail);
};

async function sendBySes(from: string, to: string, mail: WaitingMail): Promise<void> {
  await new SESv2Client({}).send(
    new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: { Raw: { Data: await compose(from, to, mail) } },
    }),
  );
}

/** One file for each mail, which any mail program opens. */
async function keepMail(folder: string, to: string, mail: WaitingMail, id: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${id}.eml`), await compose('uketsuke@localhost', to, mail));
}

const compose = (from: string, to: string, { subject, text }: WaitingMail): Promise<Buffer> =>
  new MailComposer({ from: { name: '介護予防の書類受付', address: from }, to, subject, text })
    .compile()
    .build();
