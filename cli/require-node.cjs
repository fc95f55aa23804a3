// Loaded first (node -r): an older Node cannot parse the TypeScript files that would report this.
const required = 24;
if (Number(process.versions.node.split('.')[0]) < required) {
  process.stderr.write(
    `uketsuke には Node.js ${required} 以上が必要です (いまは ${process.versions.node})。https://nodejs.org から入れて、もう一度実行してください。` +
      ` / uketsuke needs Node.js ${required} or later; this is ${process.versions.node}.\n`,
  );
  process.exit(2);
}
