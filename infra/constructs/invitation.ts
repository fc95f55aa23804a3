/** The mail to a person who gets an account. The user pool fills in {username} and {####}, the first password. */
export const invitation = (pageUrl: string) => ({
  emailSubject: '【受付】介護予防の書類受付システムへのご登録',
  emailBody: [
    '介護予防支援・介護予防ケアマネジメントの書類受付システムに登録しました。',
    `受付のURL: ${pageUrl}/`,
    'メールアドレス: {username}',
    '最初のパスワード: {####}',
    '7日以内に上のURLを開いてサインインし、パスワードを変更し、認証アプリ（スマートフォンまたはパソコン）を登録してください。',
    'お心当たりのない場合は、このメールを削除し、市の担当者にお知らせください。このメールには返信できません。',
  ].join('<br>\n'),
});
