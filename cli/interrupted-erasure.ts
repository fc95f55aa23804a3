/** What an operator does about an erasure that was interrupted. */
export const INTERRUPTED_ERASURE =
  '途中で止まっています。同じ廃棄 (npm run -s uketsuke -- retention erase … --really) をもう一度行うと、続きから終わります。';
