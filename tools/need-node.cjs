/* oxlint-disable unicorn/prefer-node-protocol -- an old Node does not know the protocol */
// Runs before `npm start`, `npm test` and `npm run cupel`, on whatever Node is there: keep to what every Node can read.
'use strict'

var fs = require('fs')
var path = require('path')

var NEEDED = [22, 22]
/** The exit code of bad usage (cli/exit-codes.ts). */
var USAGE = 254

var found = process.versions.node.split('.').map(Number)

if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  console.error(
    'Cupel needs Node ' + NEEDED.join('.') + ' or newer; this is ' + process.versions.node + '.',
  )
  console.error(hint())
  process.exit(USAGE)
}

function hint() {
  var bundled = path.join(__dirname, '..', 'node_modules', 'node', 'package.json')
  if (!fs.existsSync(bundled)) {
    return 'Run `npm ci`: it brings a Node that is new enough, for this folder only.'
  }
  return (
    'The one that `npm ci` brings could not unpack itself, since install scripts are switched off.\n' +
    'Allow its script once with `npm rebuild node --ignore-scripts=false`, or install a newer Node.'
  )
}
