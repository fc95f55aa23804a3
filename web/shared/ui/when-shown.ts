/**
 * Calls `act` with what `find` gives, as soon as it gives something: the rows of a table are drawn after its first
 * appearance. Returns a function that stops waiting.
 */
export function whenShown(
  find: () => HTMLElement | null | undefined,
  act: (found: HTMLElement) => void,
): () => void {
  const seeing = new MutationObserver(tryOnce);
  // Not at once: a new screen first takes the focus itself.
  const first = setTimeout(tryOnce);
  seeing.observe(document.body, { childList: true, subtree: true });
  function stop(): void {
    clearTimeout(first);
    seeing.disconnect();
  }
  function tryOnce(): void {
    const found = find();
    if (!found) return;
    stop();
    act(found);
  }
  return stop;
}
