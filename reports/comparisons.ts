/** Every report that `cupel compare --report` can write, by the names of those of a run. */
import type { ComparisonWriter } from '../harness/model/report.ts'
import { compareBadge, compareLine } from './compare-badge.ts'
import { compareCsv } from './compare-csv.ts'
import { compareJunit } from './compare-junit.ts'
import { compareMarkdown } from './compare-markdown.ts'
import { compareSarif } from './compare-sarif.ts'
import { compareText } from './compare-text.ts'

export const COMPARISONS: readonly ComparisonWriter[] = [
  {
    name: 'json',
    title: 'All of it, as other programs read it',
    file: 'compare.json',
    render: (comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
  },
  {
    name: 'html',
    title: 'One page for a browser, complete in itself',
    file: 'compare.html',
    // As for a run's own page, its libraries are loaded only where one is wanted.
    render: async (comparison) => (await import('./html/compare-page.ts')).comparePage(comparison),
  },
  {
    name: 'text',
    title: 'What a terminal shows, without colour',
    file: 'compare.txt',
    render: (comparison) => `${compareText(comparison, false)}\n`,
  },
  {
    name: 'junit',
    title:
      'JUnit XML: each check, scenario, rate and new finding as a test case; what became worse fails',
    file: 'compare-junit.xml',
    render: compareJunit,
  },
  {
    name: 'sarif',
    title: 'SARIF 2.1.0, for code scanning: what became worse',
    file: 'compare.sarif',
    render: compareSarif,
  },
  {
    name: 'md',
    title: 'Markdown, for a step summary or a pull request',
    file: 'compare.md',
    render: compareMarkdown,
  },
  {
    name: 'csv',
    title: 'All rates that both runs have, with both samples, for spreadsheets',
    file: 'compare.csv',
    render: compareCsv,
  },
  {
    name: 'badge',
    title: 'Whether anything became worse, as a badge',
    file: 'compare-badge.svg',
    render: compareBadge,
  },
  {
    name: 'line',
    title: 'Whether anything became worse, in one line',
    file: 'compare-line.txt',
    render: compareLine,
  },
]
