/** The mail to a person who gets an account. The user pool fills in {username} and {####}, the first password. */
export const invitation = (pageUrl: string) => ({
  emailSubject: '【受付】介護予防の書類受付システムへのご登録',
  emailBody: [
    '介護予防支援・介護予防ケアマネジメントの書類受付システムに登録しました。',
    `受付の宛先: ${pageUrl}/`,
    'メールアドレス: {username}',
    '最初のパスワード: {####}',
    '7日以内に上の宛先を開いてサインインし、パスワードを変えて、認証アプリ（スマートフォンまたはパソコン）を登録してください。',
    'お心当たりのないときは、このメールを捨てて、市の担当者にお知らせください。このメールには返信できません。',
  ].join('<br>\n'),
});
