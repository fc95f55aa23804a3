interface Props {
  quotes: readonly string[];
  /** document and place */
  cite: string;
}

/** The words of a source, one block an excerpt, with document and place. */
export function Quotes({ quotes, cite }: Props) {
  if (quotes.length === 0)
    return <p className="soft">資料の言葉は、この受付に収めていません。出典で確かめてください。</p>;
  return (
    <figure className="quotes">
      {quotes.map((quote) => (
        <blockquote key={quote}>{quote}</blockquote>
      ))}
      <figcaption className="soft">資料の言葉のまま（{cite}）</figcaption>
    </figure>
  );
}
