import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { noticeMessage } from '../../shared/queues/queue-message.ts';
import { registriesOnce } from '../../shared/records/store/registry-store.ts';
import { writeAnswer } from '../../shared/records/views/write-answer.ts';
import { writeNotice } from '../../shared/records/views/write-notice.ts';
import { writeReviewLetter } from '../../shared/records/views/write-review-letter.ts';
import { eachMessage, parseMessage } from '../each-message.ts';
import { log } from '../log.ts';
import { dependencies } from './dependencies.ts';

/** A decided packet → its notice; a finished upload → its receipt, with the notice of its only packet. Text and data, in the results of the office. */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const records = await dependencies();
  const registryOf = registriesOnce(records.store);
  return eachMessage(event, 'notify', async (body) => {
    const message = parseMessage(noticeMessage, body);
    if (message.kind === 'packet') {
      await writeNotice(records, message.packet_id, { run: message.run, registryOf });
      log('info', 'notice written', { packet_id: message.packet_id });
    } else if (message.kind === 'review_letter') {
      await writeReviewLetter(records, message.packet_id, message.act);
      log('info', 'letter of a reviewer written', { packet_id: message.packet_id });
    } else {
      await writeAnswer(records, message.upload_id, registryOf);
      log('info', 'receipt written', { upload_id: message.upload_id });
    }
  });
};
