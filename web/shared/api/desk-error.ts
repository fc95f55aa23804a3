/** The desk cannot be reached or refused a request. The message is for the user. */
export class DeskError extends Error {
  /** HTTP status; 0: no answer */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

export const NO_CONNECTION = '受付につながりません。通信を確かめて、もう一度お試しください。';

/** Why a request was refused: the message of the desk, if it is Japanese; API Gateway and S3 answer in English. */
export function refusalText(status: number, message: string | undefined): string {
  if (/[ぁ-ん]/.test(message ?? '')) return message!;
  if (status === 401) return 'サインインの期限が切れました。もう一度サインインしてください。';
  if (status === 429 || status === 503)
    return '受付が混み合っています。時間をおいて、もう一度お試しください。';
  return `受付で処理できませんでした（${status}）。時間をおいて、もう一度お試しください。`;
}
