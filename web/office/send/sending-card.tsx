import { useQuery } from '@tanstack/react-query';
import { Button } from '../../shared/ui/button.tsx';
import { Loaded } from '../../shared/ui/loaded.tsx';
import { Loading } from '../../shared/ui/states.tsx';
import { UploadAnswers } from '../uploads/upload-answers.tsx';
import { uploadQuery } from '../uploads/upload-query.ts';
import { AskPacket } from './ask-packet.tsx';
import { CheckedPackets } from './checked-packets.tsx';
import { addCover, type Sending, sendChecked, tryAgain } from './sendings.ts';

/** One upload: its progress, its receipt number, and the answers. */
export function SendingCard({ sending }: { sending: Sending }) {
  const { id, name, state, upload_id, error } = sending;
  return (
    <section className="card sending" aria-label={name}>
      <h2>{name}</h2>
      {state === 'failed' ? (
        <div className="failed" role="alert">
          <p>
            {upload_id ? `受付番号 ${upload_id}。` : 'この送付物は送っていません。'}
            {error}
          </p>
          <Button onPress={() => tryAgain(id)}>
            {sending.isCheck ? 'もう一度確認する' : 'もう一度送る'}
          </Button>
          {sending.isCheck && <Button onPress={() => sendChecked(id)}>確認せずに送る</Button>}
        </div>
      ) : (
        <SendingProgress sending={sending} />
      )}
      {state === 'asking' && <AskPacket id={id} />}
      {state === 'checked' && sending.checked && (
        <>
          <CheckedPackets
            checked={sending.checked}
            onCover={(path, cover) => void addCover(id, path, cover)}
          />
          <p>
            <Button kind="main" onPress={() => sendChecked(id)}>
              このまま送る
            </Button>
          </p>
        </>
      )}
      {state === 'sent' && upload_id && <SentUpload uploadId={upload_id} />}
    </section>
  );
}

function SendingProgress({ sending: { name, state, progress, wait } }: { sending: Sending }) {
  if (state === 'sent' || state === 'checked' || state === 'asking') return null;
  if (state === 'checking') return <Loading what="確認しています…" />;
  const text =
    wait !== null
      ? `受付が混み合っているため、まだ送っていません。${wait} 秒後に自動で送り直します。このページを開いたままお待ちください。`
      : state === 'packing'
        ? 'まとめています…'
        : '送信しています…';
  return (
    <>
      <progress max={1} value={progress} aria-label={`${name} の送信`} />
      <p className="soft">{text}</p>
    </>
  );
}

function SentUpload({ uploadId }: { uploadId: string }) {
  const query = useQuery(uploadQuery(uploadId));
  return <Loaded query={query}>{(upload) => <UploadAnswers upload={upload} />}</Loaded>;
}
