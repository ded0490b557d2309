/** A property in words, for whoever asks what it draws. */
import type { Property, Statement, Variation } from '../harness/model/property.ts'

export function propertyText(property: Property): string {
  const { name, question, section, means, usages } = property
  return [
    `${name}: ${question}`,
    `  ${section}`,
    '',
    `For each of ${usages.join(', ')}`,
    ...askedLines(property),
    'The first that proves it wrong is asked again in ever smaller forms, until nothing smaller does.',
    'Its answer',
    `  conforms: ${means.conforms}`,
    `  violates: ${means.violates}`,
  ].join('\n')
}

function askedLines(property: Property): readonly string[] {
  switch (property.kind) {
    case 'assertions':
      return [
        ...property.statements.map(
          (each) => `  ${each.name}: ${each.cases} drawn, sent by ${each.by}${spoiledWords(each)}`,
        ),
        'Each may differ from a plain right one in',
        ...property.variations.map((variation) => `  ${variationWords(variation)}`),
      ]
    case 'combinations':
      return [
        ...property.statements.map(
          (each) => `  ${each.name}, sent by ${each.by}${spoiledWords(each)}`,
        ),
        `Every choice of ways for any ${property.strength} of these is in one case at least`,
        ...property.variations.map((variation) => `  ${variationWords(variation)}`),
      ]
    case 'sequences': {
      const { name, cases, longest, waitsMs } = property.statement
      return [
        `  ${name}: ${cases} drawn, sent by hostile`,
        `Up to ${longest} presentations, each at any node and after up to ${Math.max(...waitsMs)} ms, come before a right assertion:`,
        '  the same assertion, or another of the same issuer',
        '  a forged one under the identifier of either, of no key or of a key that it brings along',
        '  another party’s own under the identifier of either',
      ]
    }
    case 'rotations': {
      const { name, cases, longest, waitsMs } = property.statement
      return [
        `  ${name}: ${cases} drawn, sent by rotating`,
        `Up to ${longest} presentations, each at any node and after up to ${Math.max(...waitsMs)} ms, come before the party publishes its next key, and as many after it:`,
        '  its assertion under the old key, or its assertion under the new one',
        '  one of an attacker’s key under the name of either, or under a name that nobody has and with that key brought along',
        '  one of another party’s key under the name of either',
        'The assertion under the old key comes last.',
      ]
    }
  }
}

function spoiledWords({ spoilings, oddities = [] }: Statement): string {
  const kinds = new Set(spoilings.map(({ defect }) => defect.kind.replaceAll('-', ' ')))
  const odd = oddities.length === 0 ? '' : ', many in odd requests'
  return kinds.size === 0 ? '' : `, each with one of ${[...kinds].join(', ')}${odd}`
}

function variationWords(variation: Variation): string {
  switch (variation.kind) {
    case 'order':
      return 'the order of its claims'
    case 'indent':
      return 'the white space in its JSON'
    case 'escapes':
      return 'what of its JSON is written in escapes'
    case 'encoding':
      return `how the form writes its values${among(variation)}`
    case 'charset':
      return `whether the form names its character set${among(variation)}`
    case 'parameter-order':
      return `the order of the form’s parameters${among(variation)}`
    case 'unknown-claims':
      return `up to ${variation.most} claims that nobody knows, with any JSON as their value`
    case 'unknown-parameters':
      return `up to ${variation.most} parameters that nobody knows${among(variation)}`
    case 'length':
      return `a claim that nobody knows, of up to ${variation.most} characters`
    case 'algorithm':
      return 'the algorithm, of those that its party has a key for'
    case 'audience-list':
      return 'its audience as a list of one, where the profile allows that'
    case 'claim':
      return `${variation.name}${among(variation)}`
    case 'header':
      return `${variation.name} in the header${among(variation)}`
  }
}

function among({ usages }: { readonly usages?: readonly string[] }): string {
  return usages === undefined ? '' : ` (${usages.join(', ')})`
}
