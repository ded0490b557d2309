// Who may import whom. Type imports count. Each comment is the reason; test/tidy/import-rules.test.ts sees each rule fire.

const CONTENT = '^(suites|scenarios|faults|targets|reports)/'

/** A library (or built-in module) that only the named paths may know; tests and benches may know all. */
const oneDoor = (library, doors, comment) => ({
  name: `one-door-for-${library.replace(/^node:|^@/, '').replace(/\W+/g, '-')}`,
  comment,
  severity: 'error',
  from: { pathNot: [...doors, '^(test|bench)/'] },
  to: {
    path: library.startsWith('node:')
      ? `^${library}$|^${library.slice(5)}$`
      : `^node_modules/(@types/)?${library}/`,
  },
})

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule(
      'no-circular',
      'A cycle has no order in which it can be read, tested or replaced.',
      {},
      { circular: true },
    ),
    rule(
      'model-imports-only-model',
      'The nouns stand below everything, so that everything may use them.',
      { path: '^harness/model/' },
      { pathNot: '^harness/model/' },
    ),
    rule(
      'oracle-is-pure',
      'An oracle that could import what it judges with (jose, a clock, a socket) could share a bug with what it judges.',
      { path: '^harness/oracle/' },
      { pathNot: ['^harness/(oracle|model)/', '^harness/errors[.]ts$'] },
    ),
    rule(
      'tally-is-pure',
      'A number in a report must follow from the judgements alone, on any machine, at any time.',
      { path: '^harness/tally/' },
      {
        pathNot: [
          '^harness/(tally|model)/',
          '^harness/(dropped|errors|findings)[.]ts$',
          // What facts of a scenario come to is the judge's rule, whether the facts are of one history or of several; so are
          // the words for what was derived in it.
          '^harness/oracle/scenarios/(scenario-verdict|derived-words)[.]ts$',
          '^node_modules/(hdr-histogram-js|@stdlib/(math-base-special-gammaln|stats-base-dists-(beta-quantile|binomial-cdf|t-quantile)))/',
        ],
      },
    ),
    rule(
      'plan-is-pure',
      'The same seed gives the same plan only if nothing but data goes in: seeded draws and a hash are all that come from elsewhere.',
      { path: '^harness/plan/' },
      {
        pathNot: [
          '^harness/(plan|model)/',
          '^harness/(errors|json)[.]ts$',
          '^harness/tally/(gates|sample-size|sequential)[.]ts$',
          '^node:crypto$|^crypto$',
          '^node_modules/fast-check/',
        ],
      },
    ),
    rule(
      'harness-knows-no-content',
      'The engine runs whatever it is handed: what is asked, of whom and what breaks are values, chosen by cli or api.',
      { path: '^harness/' },
      { path: [CONTENT, '^(cli|api)/'] },
    ),
    rule(
      'nobody-imports-the-cli',
      'Console, argv and exit belong to one process; a program that wants the engine uses api.',
      { pathNot: '^(cli|test)/' },
      { path: '^cli/' },
    ),
    rule(
      'only-the-cli-imports-the-api',
      'The api stands above all it opens; what would import it from below would make a cycle of folders.',
      { pathNot: '^(api|bench|cli|test)/' },
      { path: '^api/' },
    ),
    rule(
      'content-uses-nouns-only',
      'Whoever adds a check, scenario or fault needs to know the nouns, not the engine.',
      { path: '^(suites|scenarios|faults)/' },
      { path: '^harness/', pathNot: ['^harness/model/', '^harness/errors[.]ts$'] },
    ),
    rule(
      'reports-use-nouns-only',
      'A report tells what the record says; it computes nothing the record does not hold.',
      { path: '^reports/' },
      { path: '^harness/', pathNot: ['^harness/model/', '^harness/(errors|findings)[.]ts$'] },
    ),
    rule(
      'targets-use-nouns-and-keys-only',
      'A target has keys, processes and a clock of its own, but must not know how it is driven or judged.',
      { path: '^targets/' },
      {
        path: '^harness/',
        pathNot: ['^harness/(model|jwt)/', '^harness/(errors|entry|clock|random)[.]ts$'],
      },
    ),
    rule(
      'content-folders-do-not-mix',
      'A scenario names its faults, and a flaw its checks, as data: each folder can be read and extended alone.',
      { path: '^(suites|scenarios|faults|targets|reports)/' },
      { path: CONTENT, pathNot: '^$1/' },
    ),
    rule(
      'reports-do-no-io',
      'A writer is a record in, text out; cli decides where it goes, and a test needs no file system. A hash does neither.',
      { path: '^reports/' },
      { dependencyTypes: ['core'], pathNot: '^node:crypto$|^crypto$' },
    ),
    rule(
      'formats-are-for-whoever-opens-files',
      'Files are checked once, where they are opened; beyond that they are typed values.',
      { pathNot: '^(cli|api|test)/|^harness/(formats|history)/' },
      { path: '^harness/formats/' },
    ),
    oneDoor(
      'node:http2',
      ['^harness/wire/'],
      'Stamps mean the same for every target only if one place takes them.',
    ),
    oneDoor(
      'jose',
      ['^harness/jwt/', '^targets/'],
      'Tokens are made in one place, and judged without the library that reads them.',
    ),
    oneDoor(
      'zod',
      ['^harness/formats/'],
      'Schemas of files stand together; the types they satisfy are the model’s.',
    ),
    oneDoor(
      'yaml',
      ['^harness/formats/'],
      'Files are read in one place, which keeps the lines that messages point at.',
    ),
    oneDoor('commander', ['^cli/'], 'Only the command line has arguments.'),
    oneDoor('cli-progress', ['^cli/'], 'Only the command line has a terminal.'),
    oneDoor('d3-scale', ['^reports/html/'], 'Only the page has charts.'),
    oneDoor('d3-shape', ['^reports/html/'], 'Only the page has charts.'),
    oneDoor('badge-maker', ['^reports/badge[.]ts$'], 'Only the badge is drawn by it.'),
    oneDoor('cli-table3', ['^(cli|reports)/'], 'Only what is told to people is laid out.'),
    oneDoor(
      'hdr-histogram-js',
      ['^harness/tally/'],
      'Latencies are merged as histograms, in one place, never as percentiles.',
    ),
    oneDoor('@stdlib', ['^harness/tally/'], 'Intervals are computed in one place.'),
    oneDoor(
      '@sinonjs/fake-timers',
      ['^targets/levers/skewed-clock[.]ts$'],
      'A faked global clock must never reach the harness.',
    ),
    oneDoor(
      'fast-check',
      ['^harness/plan/'],
      'Properties are drawn and shrunk in one place, and kept as data.',
    ),
    oneDoor('pure-rand', ['^harness/random[.]ts$'], 'Chance comes from one seed, in one place.'),
    oneDoor(
      'autocannon',
      ['^harness/drive/pressure[.]ts$'],
      'An optional dependency: `conformance` runs without it.',
    ),
    oneDoor(
      'testcontainers',
      ['^targets/containers/host[.]ts$'],
      'An optional dependency, loaded in a process of its own: everything else runs without Docker.',
    ),
    oneDoor('oidc-provider', ['^targets/lab/'], 'A server under test, never a part of us.'),
    oneDoor(
      'ioredis',
      ['^targets/lab/', '^targets/reference/redis-'],
      'Redis is spoken to by nodes that have one, by who breaks it, and by the laboratory’s server.',
    ),
    rule(
      'no-undeclared-package',
      'What is not in package.json is there by luck.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    ),
    rule('no-unresolvable', 'It would fail at run time.', {}, { couldNotResolve: true }),
    rule(
      'no-dev-dependency-in-the-package',
      'Who installs Cupel gets no dev dependencies. The laboratory is not in the package.',
      { pathNot: ['^(test|bench|tools)/', '^targets/lab/', '[.]config[.]ts$'] },
      // An optional peer is a dev dependency, too, so that it is here.
      { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/(@types|testcontainers)/' },
    ),
    rule(
      'nothing-published-imports-tests-or-the-laboratory',
      'Neither is in the package.',
      { pathNot: ['^(test|bench|tools)/', '^targets/lab/'] },
      { path: ['^(test|bench|tools)/', '^targets/lab/'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
