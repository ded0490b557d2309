#!/usr/bin/env node
/** The command line: what may be asked for. Each command loads its own stages, so that `--help` is quick. */
import { Argument, Command, InvalidArgumentError } from 'commander'
import { EXIT_CODES } from '../harness/tally/verdict.ts'
import { reportError } from './errors.ts'
import type { JudgeOptions } from './judge.ts'
import { lastResort } from './last-resort.ts'
import type { RunCommandOptions } from './run.ts'

const program = new Command('cupel')
  .description(
    'How often does a token endpoint or JWT verifier accept what it must refuse, and refuse what it must accept?',
  )
  .showHelpAfterError('(cupel --help names every option)')
  .addHelpText('after', `\nExit codes:\n${exitCodes()}`)
  .exitOverride()

program
  .command('run')
  .description('ask a target and judge its answers')
  .option('--target <file|name>', 'a target file, or a name from `cupel list targets`', 'embedded')
  .option('--suite <glob>', 'checks to ask, by id; may be repeated', collect, [])
  .option('--scenario <glob|file>', 'scenarios to run; may be repeated', collect, [])
  .option('--profile <name>', 'what the answers are judged by; may be repeated', collect, [])
  .option('--seed <text>', 'repeats the choices of an earlier run')
  .option('--out <dir>', 'where the folder of the run is made', 'out')
  .option('--report <names>', 'what else to write: see `cupel list reports`', commas, [])
  .option('--max-rate <n>', 'requests per second that are never exceeded', positive)
  .option(
    '--property-runs <n>',
    'cases that properties draw for each statement, instead of a few; from 100 on three ways are combined, not two',
    positive,
  )
  .option('--strict', 'a SHOULD that is not kept is a failure', false)
  .option('--dry-run', 'print what would be asked, and ask nothing', false)
  .option('--json', 'print the record instead of the summary', false)
  .option('--quiet', 'no progress', false)
  .action(async (options: RunCommandOptions) => {
    const { runCommand } = await import('./run.ts')
    process.exitCode = await runCommand(options)
  })

program
  .command('judge')
  .description('judge a recorded history again, under its own profile or another')
  .argument('<history>', 'a history.ndjson.gz, or the folder of a run')
  .option('--profile <name>', 'may be repeated', collect, [])
  .option('--json', 'print the record instead of the summary', false)
  .action(async (history: string, options: JudgeOptions) => {
    const { judgeCommand } = await import('./judge.ts')
    process.exitCode = await judgeCommand(history, options)
  })

program
  .command('list')
  .description('what there is to choose from')
  .addArgument(
    new Argument('<what>').choices([
      'checks',
      'scenarios',
      'profiles',
      'targets',
      'faults',
      'flaws',
      'findings',
      'reports',
    ]),
  )
  .option('--json', 'as JSON', false)
  .action(async (what: string, options: { readonly json: boolean }) => {
    const { listCommand } = await import('./list.ts')
    await listCommand(what, options.json)
  })

program
  .command('explain')
  .description('what a check, a case, a scenario or a finding means, and what it sends')
  .argument('<id>')
  .action(async (id: string) => {
    const { explainCommand } = await import('./explain.ts')
    await explainCommand(id)
  })

lastResort()
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = reportError(error)
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value]
}

function commas(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, ...value.split(',').map((each) => each.trim())]
}

function positive(value: string): number {
  const number = Number(value.replace(/\/s$/, ''))
  if (Number.isFinite(number) && number >= 1) return number
  throw new InvalidArgumentError('It must be a number, at least 1.')
}

function exitCodes(): string {
  return EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`).join(
    '\n',
  )
}
