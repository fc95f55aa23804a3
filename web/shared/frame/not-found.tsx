import { Link } from 'react-router';
import { Screen } from './screen.tsx';

export function NotFound({ hasDesk }: { hasDesk: boolean }) {
  if (!hasDesk)
    return (
      <Screen title="使える画面がありません">
        <p>この利用者には役割（事業所・包括・市）が付いていません。市の担当者に連絡してください。</p>
      </Screen>
    );
  return (
    <Screen title="この画面はありません">
      <p>
        アドレスが変わったか、見る権限のない画面です。<Link to="/">はじめの画面へ</Link>
      </p>
    </Screen>
  );
}
