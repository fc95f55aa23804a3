import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/session.ts';
import { useTitle } from '../frame/use-title.ts';
import { Button } from '../ui/button.tsx';
import { type SignedOut, signInAgain } from './token.ts';

const REASONS: Record<SignedOut, { title: string; text: string }> = {
  expired: {
    title: 'サインインの期限が切れました',
    text: '続けるには、もう一度サインインしてください。送信済みの書類は失われていません。',
  },
  left: { title: 'サインアウトしました', text: '共用のパソコンでは、このウィンドウを閉じてください。' },
  refused: {
    title: 'サインインできませんでした',
    text: 'サインインの途中で切れたか、別のウィンドウで始めたサインインです。もう一度サインインしてください。',
  },
  link_needed: {
    title: 'サインインのリンクから開いてください',
    text: 'このパソコンの受付には、npm start を実行した画面に出ている、お一人ごとのリンクから入ります。受付を起動し直すとリンクは新しくなります。',
  },
};

export function SignedOutPage({ why }: { why: SignedOut }) {
  const { title, text } = REASONS[why];
  const { one_machine } = useSuspenseQuery(sessionQuery).data;
  useTitle(title);
  // On one machine only a link signs in.
  const explained = one_machine && why !== 'link_needed' ? `${text}${REASONS.link_needed.text}` : text;
  return (
    <main className="signed-out">
      <p className="brand">受付</p>
      <h1>{title}</h1>
      <p>{explained}</p>
      {!one_machine && <Button onPress={() => void signInAgain()}>サインイン</Button>}
    </main>
  );
}
