import { Link } from 'react-router';
import { Screen } from './screen.tsx';

export function NotFound({ hasDesk }: { hasDesk: boolean }) {
  if (!hasDesk)
    return (
      <Screen title="使える画面がありません">
        <p>
          サインインした方に、役割（事業所・包括・市）が割り当てられていません。市の担当者に連絡してください。
        </p>
      </Screen>
    );
  return (
    <Screen title="この画面はありません">
      <p>
        画面のアドレスが変わったか、その画面を見る権限がありません。<Link to="/">はじめの画面へ</Link>
      </p>
    </Screen>
  );
}
