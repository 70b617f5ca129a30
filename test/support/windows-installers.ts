import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { comments } from '../../electron/setup/package/msi.mjs'
import { runProgram } from './packaged-cli'

const parts = resolve('electron', 'build', 'windows')

/** Where electron-builder keeps the folder of an installed copy. */
export const installKey = 'Software\\latchkey-test'

/**
 * An installer, or an uninstaller, that does only what Latchkey adds to electron-builder's: that one needs plug-ins which Debian does
 * not have. What it takes from there is here as it is there: the pages around, `isUpdated`, and the names.
 */
export function compileNsis(folder: string, kind: 'install' | 'uninstall', into = 'C:\\Latchkey') {
  const script = join(folder, `${kind}.nsi`)
  const page = [
    '!insertmacro MUI_PAGE_DIRECTORY',
    '!insertmacro customPageAfterChangeDir',
    '!insertmacro MUI_PAGE_INSTFILES',
  ]
  const init = ['Function .onInit', '!insertmacro customInit', 'FunctionEnd']
  const lines = [
    'Target amd64-unicode',
    'Name "Latchkey"',
    `OutFile "${join(folder, `${kind}.exe`)}"`,
    `InstallDir "${into}"`,
    'RequestExecutionLevel user',
    '!include MUI2.nsh',
    '!include FileFunc.nsh',
    '!define APP_EXECUTABLE_FILENAME "Latchkey.exe"',
    `!define INSTALL_REGISTRY_KEY "${installKey}"`,
    `!include "${join(import.meta.dirname, 'is-updated.nsh')}"`,
    `!include "${join(parts, 'installer.nsh')}"`,
    ...(kind === 'install' ? page : ['!insertmacro MUI_PAGE_INSTFILES']),
    '!insertmacro MUI_LANGUAGE English',
    ...(kind === 'install' ? init : []),
    'Section',
    kind === 'install' ? '!insertmacro customInstall' : '!insertmacro customUnInstall',
    'SectionEnd',
  ]
  writeFileSync(script, `${lines.join('\n')}\n`)
  return runProgram('makensis', ['-WX', script])
}

/**
 * The row into which WiX compiles `<Environment>` (Windows Installer, "Environment Table"), which wixl does not know. Seen with WiX 3: the
 * candle.exe of the npm package electron-winstaller, on Debian's Mono.
 */
const environment = [
  'CREATE TABLE `Environment` (`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL LOCALIZABLE, `Value` CHAR(255) LOCALIZABLE, `Component_` CHAR(72) NOT NULL PRIMARY KEY `Environment`)',
  "INSERT INTO `Environment` (`Environment`, `Name`, `Value`, `Component_`) VALUES ('latchkeyPath', '=-PATH', '[~];[APPLICATIONFOLDER]resources\\bin', 'latchkeyCommand')",
  "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('RemoveEnvironmentStrings', 3300)",
  "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('WriteEnvironmentStrings', 5200)",
]

/** An MSI with one file and what Latchkey adds to electron-builder's, compiled by wixl. */
export function compileMsi(folder: string): string {
  mkdirSync(folder, { recursive: true })
  copyFileSync('LICENSE', join(folder, 'LICENSE'))
  const main = join(folder, 'main.wxs')
  const added = join(folder, 'parts.wxs')
  const file = join(folder, 'latchkey.msi')
  writeFileSync(main, product)
  const text = readFileSync(join(parts, 'msi-parts.wxs'), 'utf8')
  writeFileSync(added, text.replace(/<Environment [^>]*\/>/u, '').replaceAll(wix4, wix3))
  for (const [program, args] of [
    ['wixl', ['-a', 'x64', '-o', file, main, added]],
    ['msibuild', [file, ...environment.flatMap((query) => ['-q', query])]],
  ] as const) {
    const { code, stdout, stderr } = runProgram(program, args)
    if (code !== 0) throw new Error(`${program}: ${stdout}${stderr}`)
  }
  return file
}

const wix4 = 'http://wixtoolset.org/schemas/v4/wxs'
/** Which wixl reads. */
const wix3 = 'http://schemas.microsoft.com/wix/2006/wi'

const product = `<?xml version="1.0" encoding="UTF-8"?>
<Wix xmlns="${wix3}">
  <Product Id="*" Name="Latchkey" UpgradeCode="8D1C5B0E-6A43-4A55-8F6B-6E3D5B0B9C11" Version="0.1.0" Language="1033" Codepage="65001" Manufacturer="Latchkey maintainers">
    <Package Compressed="yes" InstallerVersion="500"/>
    <MediaTemplate EmbedCab="yes"/>
    <Property Id="ALLUSERS" Value="2"/>
    <Property Id="MSIINSTALLPERUSER" Value="1"/>
    ${comments}
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="APPLICATIONFOLDER" Name="Latchkey">
          <Component Id="licence" Guid="8D1C5B0E-6A43-4A55-8F6B-6E3D5B0B9C12">
            <File Id="licence" Name="LICENSE" Source="LICENSE" KeyPath="yes"/>
          </Component>
        </Directory>
      </Directory>
    </Directory>
    <Feature Id="ProductFeature" Level="1">
      <ComponentRef Id="licence"/>
      <ComponentGroupRef Id="LatchkeyTypes"/>
    </Feature>
    <Feature Id="CommandFeature" Level="1">
      <ComponentGroupRef Id="LatchkeyCommand"/>
    </Feature>
  </Product>
</Wix>
`
