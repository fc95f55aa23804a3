import { Command } from '@commander-js/extra-typings';
import stringWidth from 'string-width';

/** A command with help in Japanese. It never ends the process and writes no error: see run-verb.ts. */
export function japaneseCommand(name: string): Command {
  return new Command(name)
    .helpOption('-h, --help', '使い方を示す')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .configureHelp({
      displayWidth: stringWidth,
      styleTitle: (title) => TITLES[title] ?? title,
      styleOptionText: (text) => (text === '[options]' ? '[オプション]' : text),
      styleCommandText: (text) => (text === '[command]' ? '<コマンド>' : text),
      optionDescription: ({ description, defaultValue }) =>
        typeof defaultValue === 'string' ? `${description}（指定がなければ ${defaultValue}）` : description,
    });
}

const TITLES: Record<string, string> = {
  'Usage:': '使い方:',
  'Arguments:': '引数:',
  'Options:': 'オプション:',
  'Commands:': 'コマンド:',
};
