/** Loaded tests get the two modules beside this one in place of vitest and fast-check; nothing else is changed. */
import { registerHooks } from 'node:module'

const STEAD: Readonly<Record<string, string>> = {
  vitest: import.meta.resolve('./collect.ts'),
  'fast-check': import.meta.resolve('./quick-check.ts'),
}

export function takeTheirPlace(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const stead = STEAD[specifier]
      const { parentURL } = context
      const asked = parentURL !== undefined && /[/]test[/]/.test(parentURL)
      return stead === undefined || !asked
        ? next(specifier, context)
        : { url: stead, format: 'module-typescript', shortCircuit: true }
    },
  })
}
