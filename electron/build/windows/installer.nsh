; What electron-builder's installer does besides, under the names by which it calls this.

!include "${__FILEDIR__}\file-types.nsh"
!include "${__FILEDIR__}\command-path.nsh"

!macro customPageAfterChangeDir
  !insertmacro commandPathPage
!macroend

!macro customInit
  !insertmacro initCommandPath
!macroend

!macro customInstall
  !insertmacro installFileTypes
  !insertmacro installCommandPath
!macroend

!macro customUnInstall
  !insertmacro uninstallFileTypes
  !insertmacro uninstallCommandPath
  !insertmacro sayWhatStays
!macroend

; As the Linux packages say it. Not where an update removes the version before it; a silent removal says nothing.
!macro sayWhatStays
  ${IfNot} ${isUpdated}
    MessageBox MB_OK|MB_ICONINFORMATION "Your keys, certificates and settings stay in $LOCALAPPDATA\Latchkey.$\r$\n$\r$\nDelete that folder only if you no longer need these keys: they cannot be recovered." /SD IDOK
  ${EndIf}
!macroend
