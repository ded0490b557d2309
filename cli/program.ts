/** The command line: what may be asked for. Each command loads its own stages, so that `--help` is quick. */
import { Argument, Command, Help, InvalidArgumentError, Option } from 'commander'
import { VERSION } from '../api/version.ts'
import type { Shard } from '../harness/plan/shard.ts'
import { EXIT_CODES } from '../harness/tally/verdict.ts'
import type { CompareCommandOptions } from './compare.ts'
import type { DoctorCommandOptions } from './doctor.ts'
import { reportError } from './errors.ts'
import type { JudgeOptions } from './judge.ts'
import type { InitCommandOptions } from './init.ts'
import { lastResort } from './last-resort.ts'
import type { MergeCommandOptions } from './merge.ts'
import type { ReplayCommandOptions } from './replay.ts'
import type { ReportCommandOptions } from './report.ts'
import type { ProbeCommandOptions } from './probe.ts'
import type { RunCommandOptions } from './run.ts'

const program = new Command('cupel')
  .description(
    'How often does a token endpoint or JWT verifier accept what it must refuse, and refuse what it must accept?',
  )
  .version(VERSION)
  .showHelpAfterError('(cupel --help names every option)')
  .configureHelp({ optionDescription })
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
  .option(
    '--report <names>',
    'what else to write, `html` if nothing is named: see `cupel list reports`',
    commas,
    [],
  )
  .option('--max-rate <n>', 'requests per second that are never exceeded', positive)
  .option(
    '--property-runs <n>',
    'cases that properties draw for each statement, instead of a few; from 100 on three ways are combined, not two',
    positive,
  )
  .option('--gate <gate>', "a limit on a rate, such as 'far < 1e-3'; may be repeated", collect, [])
  .option('--repeat <n>', 'how often each scenario is asked', whole, 1)
  .option('--watch <seconds>', 'how long to look on after the last fault of a scenario', positive)
  .option('--shard <i/n>', 'do one piece of the work, counted from 1', shard)
  .option('--max-failures <n>', 'requests that may fail before nothing more is sent', whole)
  .option(
    '--canary <n>',
    'honest requests ahead of each round: fewer than half let in, and nothing more is sent',
    whole,
  )
  .option('--spin', 'meet the time of each request by spinning, which takes a core', false)
  .option('--senders <n>', 'threads that send, where one that also judges cannot keep up', senders)
  .option('--strict', 'a SHOULD that is not kept is a failure', false)
  .option('--expected-failures <file>', 'failures that are known, and fail no run until they stop')
  .option('--skip <file>', 'what is not to be asked, and why')
  .option('--tell-expected', 'print what failed as entries for --expected-failures', false)
  .option('--dry-run', 'print what would be asked, and ask nothing', false)
  .option('--json', 'print the record instead of the summary', false)
  .option('--quiet', 'no progress', false)
  .action(async (options: RunCommandOptions) => {
    const { runCommand } = await import('./run.ts')
    process.exitCode = await runCommand(options)
  })

program
  .command('probe')
  .description('what does this target enforce? measured and judged by nobody')
  .option('--target <file|name>', 'a target file, or a name from `cupel list targets`', 'embedded')
  .option('--profile <name>', 'whose controls are sent, and what the policy is told against')
  .addOption(
    new Option('--usage <name...>', 'what to measure; all that the target has without it')
      .choices(['client-authentication', 'authorization-grant', 'bearer-token'])
      .default([], 'all'),
  )
  .option('--seed <text>', 'repeats the choices of an earlier probe')
  .option('--out <dir>', 'where a folder stands while the probe goes on', 'out')
  .option('--capacity <n>', 'assertions that may be spent on how many are remembered', whole, 256)
  .option('--wait', 'wait for assertions to end, to see how long they are remembered', false)
  .option('--max-rate <n>', 'requests per second that are never exceeded', positive)
  .option('--json', 'print what was measured as JSON', false)
  .action(async (options: ProbeCommandOptions) => {
    const { probeCommand } = await import('./probe.ts')
    process.exitCode = await probeCommand(options)
  })

program
  .command('judge')
  .description('judge a recorded history again, under its own profile or another')
  .argument('<history>', 'a history.ndjson.gz, or the folder of a run')
  .option('--profile <name>', 'may be repeated', collect, [])
  .option('--gate <gate>', "a limit on a rate, such as 'far < 1e-3'; may be repeated", collect, [])
  .option('--replan', 'instead, plan it again from its seed and answers, and compare', false)
  .option('--expected-failures <file>', 'failures that are known, and cost nothing until they stop')
  .option('--json', 'print the record instead of the summary', false)
  .action(async (history: string, options: JudgeOptions) => {
    const { judgeCommand } = await import('./judge.ts')
    process.exitCode = await judgeCommand(history, options)
  })

program
  .command('compare')
  .description('what became worse from one run to another: exit 1 if anything did')
  .argument('<before>', 'a record.json, or the folder of a run')
  .argument('<after>', 'another')
  .option('--anyway', 'compare records of different targets or profiles, too', false)
  .option('--report <names>', 'what else to write: see `cupel list reports`', commas, [])
  .option('--out <dir>', 'where they are written, instead of beside the second record')
  .option('--json', 'print the comparison as JSON', false)
  .action(async (before: string, after: string, options: CompareCommandOptions) => {
    const { compareCommand } = await import('./compare.ts')
    process.exitCode = await compareCommand(before, after, options)
  })

program
  .command('merge')
  .description('one record from those of shards')
  .argument('<records...>', 'record.json files, or the folders of runs')
  .requiredOption('--out <dir>', 'where the merged record is written')
  .option('--report <names>', 'what else to write: see `cupel list reports`', commas, [])
  .option('--json', 'print the record instead of the summary', false)
  .action(async (records: readonly string[], options: MergeCommandOptions) => {
    const { mergeCommand } = await import('./merge.ts')
    process.exitCode = await mergeCommand(records, options)
  })

program
  .command('replay')
  .description('send one case again, minted afresh, and say whether it still happens: exit 1 if so')
  .argument('<id>', 'a case, as a finding or a report names it')
  .option('--record <path>', 'whose target, profile and seed it has', 'out/latest')
  .option('--target <file|name>', 'instead of that of the record')
  .option('--profile <name>', 'instead of that of the record; may be repeated', collect, [])
  .option('--seed <text>', 'instead of that of the record')
  .option('--times <n>', 'how often to ask until it happens', whole, 1)
  .option('--out <dir>', 'where the folder of the run is made', 'out/replays')
  .option('--max-rate <n>', 'requests per second that are never exceeded', positive)
  .action(async (id: string, options: ReplayCommandOptions) => {
    const { replayCommand } = await import('./replay.ts')
    process.exitCode = await replayCommand(id, options)
  })

program
  .command('report')
  .description('write reports of a record, whenever it was made')
  .argument('<record>', 'a record.json, or the folder of a run')
  .option('--report <names>', 'which: see `cupel list reports`', commas, [])
  .option('--out <dir>', 'where they are written, instead of beside the record')
  .action(async (record: string, options: ReportCommandOptions) => {
    const { reportCommand } = await import('./report.ts')
    process.exitCode = await reportCommand(record, options)
  })

program
  .command('init')
  .description('a target file, keys, and the JWKS to register, for a token endpoint of your own')
  .argument('[folder]', 'where they are written; nothing there is overwritten', '.')
  .option('--endpoint <url>', 'its token endpoint (needed)')
  .option('--issuer <url>', 'its issuer identifier (needed)')
  .option(
    '--audience <text>',
    'what it accepts in aud, if not its issuer; may be repeated',
    collect,
    [],
  )
  .option(
    '--client-id <id>',
    'who asks, for honest and hostile, then pressure and spare; may be repeated',
    collect,
    [],
  )
  .option('--algorithm <alg>', 'of the keys that are made', 'ES256')
  .option('--name <text>', 'what reports call it, if not its host')
  .option('--scope <text>', 'what to ask for, where it gives no token without')
  .option(
    '--replay <what>',
    'what it promises: single-use, or not-promised where reuse was agreed; nothing without it',
  )
  .option('--authorized-by <who>', 'who allowed it: needed for a host that is not this machine')
  .option('--authorized-until <day>', 'until when, such as 2030-12-31: needed there as well')
  .option(
    '--max-rate <n>',
    'requests per second that are never exceeded, 10 for such a host',
    positive,
  )
  .option('--json', 'print what was written as JSON', false)
  .action(async (folder: string, options: InitCommandOptions) => {
    const { initCommand } = await import('./init.ts')
    process.exitCode = await initCommand(folder, options)
  })

program
  .command('doctor')
  .description('is this machine, and a target, ready? exit 0 if so, 2 in part, 254 if not')
  .option('--target <file|name>', 'asks it for one token as each of its parties, and no more')
  .option('--profile <name>', 'by whose controls')
  .option('--out <dir>', 'where runs are to be written', 'out')
  .option('--max-rate <n>', 'requests per second that are never exceeded', positive)
  .option('--json', 'print what was found as JSON', false)
  .action(async (options: DoctorCommandOptions) => {
    const { doctorCommand } = await import('./doctor.ts')
    process.exitCode = await doctorCommand(options)
  })

program
  .command('list')
  .description('what there is to choose from')
  .addArgument(
    new Argument('<what>').choices([
      'suites',
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

/** A default of nothing, or of not, goes without saying. */
function optionDescription(option: Option): string {
  const { defaultValue, defaultValueDescription } = option
  const isNothing = Array.isArray(defaultValue) && defaultValue.length === 0
  const shown = defaultValueDescription !== undefined || !(isNothing || defaultValue === false)
  return shown ? new Help().optionDescription(option) : option.description
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

function whole(value: string): number {
  const number = Number(value)
  if (Number.isSafeInteger(number) && number >= 1) return number
  throw new InvalidArgumentError('It must be a whole number, at least 1.')
}

/** More threads than cores send no more, and each takes some 20 MB. */
function senders(value: string): number {
  const number = whole(value)
  if (number <= 16) return number
  throw new InvalidArgumentError('It must be at most 16; further machines send with --shard.')
}

function shard(value: string): Shard {
  const [index = Number.NaN, of = Number.NaN] = /^\d+\/\d+$/.test(value)
    ? value.split('/').map(Number)
    : []
  if (index >= 1 && index <= of && Number.isSafeInteger(of)) return { index, of }
  throw new InvalidArgumentError('It must be i/n, from 1/n to n/n: 2/4 is the second of four.')
}

function exitCodes(): string {
  return EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`).join(
    '\n',
  )
}
