import { readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from '../paths.mjs'

/** Windows lists this with the program ("Comments"). A message at the end would need a program of its own in the installer. */
export const comments =
  '<Property Id="ARPCOMMENTS" Value="When you uninstall Latchkey, your keys, certificates and settings stay in %LOCALAPPDATA%\\Latchkey. Keys in that folder cannot be recovered once it is deleted."/>'

/**
 * Adds `build/windows/msi-parts.wxs` to the project of an MSI. electron-builder calls this by its name, before WiX compiles the project
 * (`msiProjectCreated` in electron-builder.yml). The command on the PATH is a feature of its own: `msiexec ADDLOCAL=ProductFeature`
 * leaves it out.
 *
 * @param {string} file The project.
 */
export function msiProjectCreated(file) {
  const project = readFileSync(file, 'utf8')
  const parts = readFileSync(inRoot('electron', 'build', 'windows', 'msi-parts.wxs'), 'utf8')
  const [fragment] = /^ {2}<Fragment>.*<\/Fragment>$/msu.exec(parts) ?? []
  if (fragment === undefined) throw new Error('msi-parts.wxs has no fragment.')
  const files = '<ComponentGroupRef Id="ProductComponents"/>'
  const folder = '<Property Id="ApplicationFolderName"'
  const command = `<Feature Id="CommandFeature" Title="Command on the PATH" Level="1"><ComponentGroupRef Id="LatchkeyCommand"/></Feature>`
  const changes = [
    [folder, `${comments}\n    ${folder}`],
    [files, `${files}<ComponentGroupRef Id="LatchkeyTypes"/>`],
    ['</Feature>', `</Feature>\n    ${command}`],
    ['</Product>', `</Product>\n${fragment}`],
  ]
  writeFileSync(
    file,
    changes.reduce((text, [from = '', to = '']) => replacedOnce(text, from, to), project),
  )
}

/**
 * Another template than the one that was read is not guessed at.
 *
 * @param {string} text
 * @param {string} from
 * @param {string} to
 */
function replacedOnce(text, from, to) {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`The MSI project of electron-builder has ${parts.length - 1} times ${from}.`)
  return parts.join(to)
}
