import { Command, Option } from 'commander';
import { addEntry } from './add.ts';
import { backup, BACKUP_FORMATS } from './backup.ts';
import { connect } from './connect.ts';
import { copy } from './copy.ts';
import { doctor } from './doctor.ts';
import { exportBooks, EXPORT_FORMATS } from './export.ts';
import type { Given, GivenTarget } from './given.ts';
import { importFile, IMPORT_FORMATS } from './import.ts';
import { openWallet, listWallets } from './open.ts';
import { createOutput } from './output.ts';
import { rebuild, verify } from './proofs.ts';
import { report, REPORTS } from './report.ts';
import { restore } from './restore.ts';
import type { Target } from './target.ts';

interface Common extends Target {
  readonly json?: true;
}

type Deed<Options> = (given: Given<Options>, ...words: readonly string[]) => Promise<number>;

/** Gives a command its ledger, and lets go of it whatever happens. `creates` says when there need not be one yet. */
function run<Options>(deed: Deed<Options>, creates: (options: Options) => boolean = () => false) {
  return async (...args: readonly unknown[]): Promise<void> => {
    const command = args.at(-1) as Command;
    const options = command.optsWithGlobals<Common & Options>();
    const words = command.processedArgs.filter((word): word is string => typeof word === 'string');
    const connection = await connect(options, { create: creates(options) });
    try {
      process.exitCode = await deed({ connection, output: createOutput(options.json === true), options }, ...words);
    } finally {
      await connection.close();
    }
  };
}

/** The same for a command that works on a store itself. */
function runOnStore<Options>(deed: (given: GivenTarget<Options>, ...words: readonly string[]) => Promise<number>) {
  return async (...args: readonly unknown[]): Promise<void> => {
    const command = args.at(-1) as Command;
    const options = command.optsWithGlobals<Common & Options>();
    const words = command.processedArgs.filter((word): word is string => typeof word === 'string');
    process.exitCode = await deed({ target: options, output: createOutput(options.json === true), options }, ...words);
  };
}

/** The command line: every command works on a file or on a running service, and says JSON when asked. */
export function createProgram(version: string): Command {
  const program = new Command('kakeibo')
    .description('A household ledger whose figures can be recomputed.')
    .version(version)
    .option('--file <file>', 'the ledger, a SQLite file (default: KAKEIBO_STORE, or data/kakeibo.db)')
    .option(
      '--store <address>',
      'any store, like mysql://user@host/kakeibo; its password is better kept in KAKEIBO_STORE_PASSWORD_FILE',
    )
    .option('--url <address>', 'a running service instead, like http://127.0.0.1:3000')
    .option('--json', 'results as JSON, for programs')
    .showHelpAfterError('(kakeibo --help tells what there is)')
    .exitOverride();
  addWalletCommands(program);
  addBookCommands(program);
  addStoreCommands(program);
  program.command('verify').description('recompute every figure from the events and name each difference').action(run(verify));
  program
    .command('rebuild')
    .description('work every figure out anew, beside what is there, and put it in its place')
    .action(run(rebuild));
  return program;
}

function addWalletCommands(program: Command): void {
  program
    .command('open <name>')
    .description('open a wallet; makes the ledger when there is none yet')
    .requiredOption('--currency <code>', 'like EUR')
    .option('--zone <zone>', 'where its days begin, like Europe/Berlin')
    .action(run(openWallet, () => true));
  program.command('wallets').description('list the wallets').action(run(listWallets));
}

function addBookCommands(program: Command): void {
  program
    .command('add <amount> [category]')
    .description('book an expense, or income with --income')
    .option('--wallet <name>', 'its name or id; not needed when there is one')
    .option('--income', 'money came in')
    .option('--payee <name>', 'who was paid, or paid')
    .option('--tag <tag...>', 'tags')
    .option('--note <text>')
    .option('--on <day>', 'like 2026-10-14; today when left out')
    .action(run(addEntry));
  program
    .command('import <file>')
    .description('bring in a bank’s file, or an archive into a new ledger; - reads it from the input')
    .option('--wallet <name>')
    .addOption(new Option('--format <format>', 'told from the file when left out').choices(IMPORT_FORMATS))
    .option('--account <account>', 'which account, when the file has several')
    .option('--settings <json>', 'what was decided about the columns, as the API takes it')
    .option('--dry-run', 'only show what would come in')
    .action(run(importFile, ({ format }) => format === 'archive'));
  program
    .command('report <report>')
    .description(REPORTS.join(', '))
    .option('--wallet <name>')
    .option('--from <day>')
    .option('--to <day>', 'the first day that is not in it')
    .option('--by <what>', 'category, payee, tag, month, day')
    .option('--compare <what>', 'previous or year')
    .option('--currency <code>', 'of net worth')
    .option('--limit <count>')
    .option('--occurred-as-of <day>', 'what occurred until then')
    .option('--recorded-as-of <instant>', 'what was known then')
    .action(run(report));
  program
    .command('export <format>')
    .description(EXPORT_FORMATS.join(', '))
    .option('--wallet <name>')
    .option('--from <day>')
    .option('--to <day>')
    .option('-o, --output <file>', 'instead of the terminal')
    .action(run(exportBooks));
}

function addStoreCommands(program: Command): void {
  program
    .command('doctor')
    .description('look at what a store and its machine promise: 0 all is well, 1 something is weak, 3 something is bad')
    .action(runOnStore(doctor));
  program
    .command('backup <file>')
    .description('write all of a store into a file, while others write to it; what the file held before stays until it is whole')
    .addOption(
      new Option('--format <format>', 'a database is a SQLite file; an archive is read by every store').choices(BACKUP_FORMATS),
    )
    .action(runOnStore(backup));
  program
    .command('restore <file>')
    .description('bring a backup or an archive into a store that is new or empty')
    .option('--resume', 'go on with a restore that was interrupted')
    .action(runOnStore(restore));
  program
    .command('copy <from> <to>')
    .description('copy all events of one store into another one, read back and compared; started again it goes on where it was')
    .option('--follow', 'go on with what is written to the first until stopped')
    .option('--from-password-file <file>', 'default: KAKEIBO_STORE_PASSWORD_FILE')
    .option('--to-password-file <file>', 'default: KAKEIBO_STORE_PASSWORD_FILE')
    .action(runOnStore(copy));
}
