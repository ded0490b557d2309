/** Every report that `cupel compare --report` can write. */
import type { ComparisonWriter } from '../harness/model/report.ts'
import { compareMarkdown } from './compare-markdown.ts'
import { compareText } from './compare-text.ts'

export const COMPARISONS: readonly ComparisonWriter[] = [
  {
    name: 'html',
    title: 'One page for a browser, complete in itself',
    file: 'compare.html',
    // As for a run's own page, its libraries are loaded only where one is wanted.
    render: async (comparison) => (await import('./html/compare-page.ts')).comparePage(comparison),
  },
  {
    name: 'md',
    title: 'Markdown, for a step summary or a pull request',
    file: 'compare.md',
    render: compareMarkdown,
  },
  {
    name: 'json',
    title: 'All of it, as other programs read it',
    file: 'compare.json',
    render: (comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
  },
  {
    name: 'text',
    title: 'What a terminal shows, without colour',
    file: 'compare.txt',
    render: (comparison) => `${compareText(comparison, false)}\n`,
  },
]
