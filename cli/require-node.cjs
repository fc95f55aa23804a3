// Loaded before anything else (node -r): an older Node cannot even read the TypeScript that would fail about it.
const needed = 24;
if (Number(process.versions.node.split('.')[0]) < needed) {
  process.stderr.write(
    `uketsuke には Node.js ${needed} 以上が必要です (いまは ${process.versions.node})。https://nodejs.org から入れて、もう一度実行してください。` +
      ` / uketsuke needs Node.js ${needed} or later; this is ${process.versions.node}.\n`,
  );
  process.exit(2);
}
