/** The page's only script: the filters of the checks. Everything can be read without it. */

export const SCRIPT = `
(() => {
  const matrix = document.getElementById('matrix')
  if (matrix === null) return
  const filters = document.getElementById('filters')
  const search = document.getElementById('search')
  const shown = document.getElementById('shown')
  const buttons = [...filters.querySelectorAll('button')]
  const checks = [...matrix.querySelectorAll('details.check')].map((element) => ({
    element,
    verdicts: element.dataset.verdicts.split(' '),
    text: element.textContent.toLowerCase(),
  }))
  const groups = [...matrix.querySelectorAll('[data-group]')].reverse()
  for (const group of groups) group.dataset.open = String(group.open === true)
  const apply = () => {
    const wanted = buttons.filter((each) => each.getAttribute('aria-pressed') === 'true')
    const words = search.value.toLowerCase().split(' ').filter((word) => word !== '')
    let count = 0
    for (const { element, verdicts, text } of checks) {
      const fits =
        (wanted.length === 0 || wanted.some(({ dataset }) => verdicts.includes(dataset.verdict))) &&
        words.every((word) => text.includes(word))
      element.hidden = !fits
      if (fits) count += 1
    }
    const asked = wanted.length + words.length > 0
    for (const group of groups) {
      group.hidden = group.querySelector('details.check:not([hidden])') === null
      if (group.localName === 'details') group.open = asked ? !group.hidden : group.dataset.open === 'true'
    }
    shown.textContent = count + ' of ' + checks.length + ' checks shown'
  }
  for (const button of buttons)
    button.addEventListener('click', () => {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'))
      apply()
    })
  search.addEventListener('input', apply)
  filters.hidden = false
  apply()
})()
`
