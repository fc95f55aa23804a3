import { type Command, CommanderError, type OptionValues } from '@commander-js/extra-typings';
import { explainDiskError } from '../host/damage/explain-disk-error.ts';
import { DataFolderError } from '../host/data-folder.ts';
import { OperationError } from '../operations/operation.ts';
import { RegistryError } from '../shared/registry/registry.ts';
import { ApiError } from './api-client.ts';
import { japaneseCommand } from './command.ts';
import { InputError } from './expand-inputs.ts';
import { VERBS, type VerbName } from './verbs.ts';

/** The verb was called in a wrong way. The message is followed by a pointer to the help. */
export class UsageError extends Error {}

export const verb = (name: VerbName): Command => japaneseCommand(`uketsuke ${name}`).description(VERBS[name]);

/** Parses the arguments and runs the verb. Returns its exit code, or 2 for an error that the user can fix. */
export async function runVerb<Args extends unknown[], Options extends OptionValues>(
  command: Command<Args, Options>,
  argv: string[],
  action: (options: Options, ...args: Args) => Promise<number>,
): Promise<number> {
  try {
    command.parse(argv, { from: 'user' });
    requireValues(command.opts(), command.args);
    return await action(command.opts(), ...command.processedArgs);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError) return failWithHelp(command, inJapanese(error));
    if (error instanceof UsageError) return failWithHelp(command, error.message);
    if (USER_ERRORS.some((kind) => error instanceof kind)) return fail((error as Error).message);
    const explained = explainDiskError(error, null);
    if (explained) return fail(explained.message);
    throw error;
  }
}

/** An empty value is a shell variable that was not set: as a folder it would be the folder of the program. */
function requireValues(options: OptionValues, args: readonly string[]): void {
  const isEmpty = (value: unknown): boolean =>
    value === '' || (Array.isArray(value) && value.some((one) => one === ''));
  const empty = Object.keys(options).filter((name) => isEmpty(options[name]));
  if (empty.length > 0)
    throw new UsageError(
      `${empty.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`).join(' ')} の値が空です。値を書くか、シェルの変数が設定されているかを確かめてください。`,
    );
  if (isEmpty([...args]))
    throw new UsageError('空の引数があります。シェルの変数が設定されているかを確かめてください。');
}

/** Reports why the verb cannot run. Exit code 2. */
export function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

/** Throws UsageError that names every option that is missing. */
export function requireOptions(options: OptionValues, names: string[]): void {
  const missing = names.filter((name) => !options[name]);
  if (missing.length > 0)
    throw new UsageError(`${missing.map((name) => `--${name}`).join(' ')} を付けてください。`);
}

/** Errors with a message for the user. Every other error is a fault of the program. */
const USER_ERRORS = [ApiError, DataFolderError, InputError, OperationError, RegistryError];

const failWithHelp = (command: { name(): string }, message: string): number =>
  fail(`${message}\n使い方は ${command.name()} --help で確かめてください。`);

/** The messages of Commander quote the argument or option they are about. */
function inJapanese({ code, message }: CommanderError): string {
  const [, name = ''] = /'([^']+)'/.exec(message) ?? [];
  const [, suggestion] = /Did you mean (\S+)\?/.exec(message) ?? [];
  const translate = MESSAGES[code];
  return translate ? translate(name) + (suggestion ? `「${suggestion}」のことですか。` : '') : message;
}

const MESSAGES: Record<string, (name: string) => string> = {
  'commander.unknownOption': (name) => `オプション「${name}」はありません。`,
  'commander.optionMissingArgument': (name) => `オプション「${name}」に値を付けてください。`,
  'commander.missingArgument': (name) => `「${name}」を指定してください。`,
  'commander.excessArguments': () => '引数が多すぎます。',
};
