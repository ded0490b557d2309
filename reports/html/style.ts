/** The page's only style sheet. Its hash stands in the policy of the page, so that nothing else styles it. */

export const STYLE = `
:root { color-scheme: light dark;
  --page: #ffffff; --panel: #f5f6f8; --ink: #191c21; --dim: #565c66; --line: #d5d9e0;
  --bad: #b3261e; --doubt: #795600; --good: #1a6b3a; --link: #1a56b0; --fault: #e9b949; --third: #6b4fb3; }
@media (prefers-color-scheme: dark) { :root {
  --page: #14161a; --panel: #1d2026; --ink: #e8eaee; --dim: #a9afba; --line: #3a404b;
  --bad: #ff8a80; --doubt: #f0c050; --good: #7bd69b; --link: #8ab4ff; --fault: #8a6d1f; --third: #c3a9ff; } }
* { box-sizing: border-box }
html { scroll-padding-top: 3.5rem }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main, header, footer, nav ul { max-width: 68rem; margin: 0 auto; padding: 0 1rem }
h1, h2, h3, h4 { line-height: 1.25; margin: 2.2rem 0 .6rem }
h1 { font-size: 1.75rem; margin: .1rem 0 .3rem } h2 { font-size: 1.4rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem }
h3 { font-size: 1.1rem } h4 { font-size: 1rem; margin: 1.2rem 0 .3rem }
p { margin: .4rem 0; max-width: 46rem } a { color: var(--link) }
code, pre, .mono { font: .875em/1.5 ui-monospace, monospace }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; white-space: pre-wrap }
.dim { color: var(--dim) } .bad { color: var(--bad) } .doubt { color: var(--doubt) } .good { color: var(--good) }
.skip { position: absolute; left: -99rem } .skip:focus { left: .5rem; top: .5rem; background: var(--page); padding: .5rem; z-index: 2 }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
header { padding-top: 1.2rem }
.verdict { border-left: .6rem solid currentColor; padding: .1rem 0 .1rem 1rem }
.verdict h1, .verdict p { color: var(--ink) } .verdict .word { text-transform: uppercase; letter-spacing: .02em }
.verdict .question { font-size: 1.1rem }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: .8rem; margin: 1rem 0 0; padding: 0 }
.facts.four { grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)) }
.facts > div { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem }
.facts dt { font-weight: 600; margin: 0 0 .2rem } .facts dd { margin: 0 } .facts dd + dt { margin-top: .6rem }
.facts .why { font-size: .92rem; color: var(--dim) }
.figure { display: block; font-size: 1.5rem; line-height: 1.3 }
.facts ul { margin: 0; padding-left: 1.1rem } .facts ul.bare { list-style: none; padding: 0 } .facts li + li { margin-top: .35rem }
.facts pre { margin: .2rem 0 0; padding: .4rem .6rem; background: var(--page) } .facts .bar { width: 222px; height: 20px } .facts .scale { width: 222px; height: 16px }
.verdict .word { border-radius: 6px; padding: 0 .5rem; color: var(--page); white-space: nowrap }
.word.bad-ink { background: var(--bad) } .word.doubt-ink { background: var(--doubt) } .word.good-ink { background: var(--good) }
.asked { margin-top: .8rem; font-size: .9rem; max-width: none }
nav { position: sticky; top: 0; background: var(--page); border-bottom: 1px solid var(--line); margin-top: 1rem; z-index: 1 }
nav ul { list-style: none; display: flex; gap: 1.1rem; overflow-x: auto; padding: .5rem 1rem } nav li { white-space: nowrap }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: .92rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line) }
th, td { min-width: 4rem } th { font-weight: 600 } td.n, th.n { text-align: right; white-space: nowrap } .rates { min-width: 50rem } td.word, strong.word { white-space: nowrap } .name { display: block; min-width: 10rem }
tr.group th { padding-top: 1rem; border-bottom: 2px solid var(--line) }
.bar { width: 200px; height: 18px; display: block } .bar line { stroke: currentColor; stroke-width: 2 } .bar .end { stroke-width: 1.5 }
.bar circle { fill: currentColor } .bar .grid { stroke: var(--line); stroke-width: 1 }
.bar.two { height: 26px } .bar .first { color: var(--dim) }
.scale { width: 200px; height: 14px; display: block } .scale text { font-size: 10px; fill: var(--dim) }
.chart { overflow-x: auto; margin: .5rem 0; border: 1px solid var(--line); border-radius: 8px } .chart svg { display: block; min-width: 36rem; width: 100%; height: auto }
svg text { font: 12px system-ui, sans-serif; fill: var(--dim) } .axis line { stroke: var(--line) }
svg path { fill: none; stroke-width: 2 } .false-accept { stroke: var(--bad) } .false-reject { stroke: var(--link); stroke-dasharray: 6 3 }
.unavailable { stroke: var(--dim); stroke-dasharray: 2 3 } .plain { stroke: var(--dim); stroke-width: 1; opacity: .6 } .slow { stroke: var(--third) }
rect.fault { fill: var(--fault); opacity: .25 } text.fault, text.strong { fill: var(--ink) }
rect.request { fill: var(--link) } rect.request.open { fill: none; stroke: var(--link); stroke-dasharray: 4 3 } .lane { stroke: var(--line) }
text.label-bad { fill: var(--bad) } text.label-link { fill: var(--link) } line.knee { stroke: var(--bad); stroke-dasharray: 4 3 } line.right { stroke: var(--good); stroke-dasharray: 4 3 }
rect.granted { fill: var(--link) } rect.between { fill: var(--link); fill-opacity: .13; stroke: var(--link); stroke-dasharray: 4 3 } rect.valid { fill: var(--panel) }
path.steady { stroke: var(--link); stroke-width: 1; stroke-dasharray: 2 4 } circle.seen { fill: var(--link); stroke: var(--page) }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; font-size: .88rem; margin: .3rem 0; padding: 0; list-style: none } .key svg { width: 28px; height: 10px; vertical-align: middle; margin-right: .3rem }
.finding { border: 1px solid var(--line); border-radius: 8px; padding: .2rem 1rem 1rem; margin: 1rem 0 } .finding h3 { margin-top: .8rem }
.finding.bad { border-left: .4rem solid var(--bad); color: inherit } .finding.doubt { border-left: .4rem solid var(--doubt); color: inherit }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: 99px; padding: 0 .55rem; font-size: .8rem; font-weight: 600 }
.todo { background: var(--panel); border-radius: 6px; padding: .5rem .8rem; max-width: none }
ol.steps { padding-left: 1.3rem } ol.steps li { margin: .3rem 0 }
.filters { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .6rem 0 }
.filters input { font: inherit; padding: .3rem .6rem; border: 1px solid var(--dim); border-radius: 6px; background: var(--page); color: inherit; flex: 1 1 14rem; min-width: 8rem }
.filters button { font: inherit; font-size: .88rem; padding: .25rem .7rem; border: 1px solid var(--dim); border-radius: 99px; background: var(--page); color: var(--ink); cursor: pointer }
.filters button[aria-pressed=true] { background: var(--ink); color: var(--page) }
details > summary { cursor: pointer } details.check { border-bottom: 1px solid var(--line); padding: .25rem 0 }
details.check > summary { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline } details.check > summary::before { content: '▸'; color: var(--dim) } details.check[open] > summary::before { content: '▾' }
details.section > summary { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; padding: .35rem 0; border-bottom: 1px solid var(--line) }
details.section > summary::before { content: '▸'; color: var(--dim) } details.section[open] > summary::before { content: '▾' } details.section h4 { margin: 0; min-width: 8rem }
details.section > details.check { margin-left: 1.2rem } .mark { font: 700 .75rem/1.1 ui-monospace, monospace; width: .8rem; text-align: center } .mark.bad { background: var(--bad); color: var(--page); border-radius: 2px }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
details.check .id { flex: 1 1 18rem } .chips { display: inline-flex; flex-wrap: wrap; gap: 3px }
.chip { display: inline-block; width: 1.35rem; text-align: center; border-radius: 4px; font: 700 .8rem/1.35rem ui-monospace, monospace; border: 1px solid currentColor }
.chip.fail { background: var(--bad); color: var(--page); border-color: var(--bad) }
[hidden] { display: none !important }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding: 1rem; font-size: .88rem }
@media (max-width: 40rem) { h1 { font-size: 1.45rem } .facts, .facts.four { grid-template-columns: 1fr } }
@media print { nav, .filters, .skip { display: none !important } body { font-size: 11px } .chart { border: 0; overflow: visible } .chart svg { min-width: 0 }
  .finding, .facts > div, tr, .chart { break-inside: avoid } details.check:not([open]) > :not(summary), details.section:not([open]) > :not(summary) { display: none } details.section { break-inside: avoid-page } a { color: inherit; text-decoration: none } }
`
