/** targets/flawed/detected.ts: the detection matrix the other way round, for `cupel explain`. */
import { readFileSync } from 'node:fs'

/** By flaw, the checks that fail on it; written by test/self/detection-matrix.test.ts. */
type Detections = Readonly<Record<string, readonly string[]>>

export function detectedText(): string {
  const detections: Detections = JSON.parse(readFileSync('test/self/detections.json', 'utf8'))
  const checks = [...new Set(Object.values(detections).flat())].toSorted()
  const flawsOf = (check: string): readonly string[] =>
    Object.entries(detections).flatMap(([flaw, failed]) => (failed.includes(check) ? [flaw] : []))
  const rows = checks.map((check) => [check, flawsOf(check)])
  return `/** By check, the flaws that it fails in every run of the detection matrix. Written by tools/documents.ts. */
export const DETECTED: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(rows))}
`
}
