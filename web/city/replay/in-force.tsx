import { Button } from '../../shared/ui/button.tsx';

/** How edited rules are put in force: not here. */
export function InForce({ file, yaml }: { file: string; yaml: string }) {
  return (
    <section className="card">
      <h2>直した規則を使い始めるには</h2>
      <p>この画面では規則は変わりません。使い始めるまでの手順は次のとおりです。</p>
      <ol>
        <li>
          直した規則をファイルに保存し、運用担当者に渡します。根拠の条文と、適用する日（from）を書きます。
        </li>
        <li>
          運用担当者が規則のファイル <code>{file}</code>{' '}
          を置き換え、守られた例と守られない例を判断例に加えて、自動の試験で確かめます。
        </li>
        <li>別の担当者が確かめ、変更の記録に書いてから、受付に反映します。</li>
      </ol>
      <Button onPress={() => saveText(file.replace('profiles/', ''), yaml)}>
        直した規則をファイルに保存する
      </Button>
    </section>
  );
}

function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
