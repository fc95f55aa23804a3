/** What an operator does about an erasure that was interrupted. `name`: of the case, as `retention due` has it. */
export const interruptedErasure = (name: string): string =>
  `途中で止まっています。npm run -s uketsuke -- retention erase --case '${name}' --by 氏名 --reason 理由 --really を行うと、続きから終わります。`;
