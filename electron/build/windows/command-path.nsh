; The command `latchkey` on the PATH of this user (HKCU\Environment), where the person wants that. NSIS would cut a long PATH off at the
; length of its strings, so it is changed in memory of the system. Its type stays, and removing takes out the one entry that was added.

!include "LogicLib.nsh"
!include "WinMessages.nsh"
!include "FileFunc.nsh"

!define commandFolder "$INSTDIR\resources\bin"
; What was added: "PathEntry". An update leaves it, and removing reads it.
!define ownKey "Software\Latchkey\Installer"

; $wantsCommand: as it is with the version that is replaced, or yes. /NOPATH says no.
!macro initCommandPath
  StrCpy $wantsCommand 1
  ReadRegStr $0 HKCU "${INSTALL_REGISTRY_KEY}" "InstallLocation"
  ReadRegStr $1 HKCU "${ownKey}" "PathEntry"
  ${If} $0 != ""
  ${AndIf} $1 == ""
    StrCpy $wantsCommand 0
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NOPATH" $1
  ${IfNot} ${Errors}
    StrCpy $wantsCommand 0
  ${EndIf}
  ClearErrors
!macroend

; A page that asks. It declares the variables too: the uninstaller has none of them, and a variable without use is a warning.
!macro commandPathPage
  !include "nsDialogs.nsh"
  Var wantsCommand
  Var commandCheckbox
  Page custom showCommandPage leaveCommandPage

  Function showCommandPage
    ${If} ${isUpdated}
      Abort
    ${EndIf}
    !insertmacro MUI_HEADER_TEXT "Command Line" "Choose whether terminals find the command latchkey."
    nsDialogs::Create 1018
    Pop $0
    ${NSD_CreateCheckbox} 0 0 100% 12u "&Add the command latchkey to the PATH of your account"
    Pop $commandCheckbox
    ${NSD_SetState} $commandCheckbox $wantsCommand
    ${NSD_CreateLabel} 0 20u 100% 24u "Terminals that are open find it once they are opened again. Removing Latchkey takes the entry out."
    Pop $0
    nsDialogs::Show
  FunctionEnd

  Function leaveCommandPage
    ${NSD_GetState} $commandCheckbox $wantsCommand
  FunctionEnd
!macroend

; $1 the open key, $2 the type of the value, $3 memory with a semicolon and the PATH, with place for LENGTH more characters, $6 the PATH
; in it. $3 is 0 where there is a PATH that cannot be read. The caller closes with closeUserPath.
!macro openUserPath LENGTH
  StrCpy $3 0
  StrCpy $1 0
  ; HKEY_CURRENT_USER; KEY_QUERY_VALUE and KEY_SET_VALUE
  System::Call 'advapi32::RegCreateKeyExW(p 0x80000001, w "Environment", i 0, p 0, i 0, i 3, p 0, *p .r1, p 0) i .r0'
  ${If} $0 = 0
    System::Call 'advapi32::RegQueryValueExW(p r1, w "Path", p 0, *i .r2, p 0, *i .r4) i .r0'
    ; ERROR_FILE_NOT_FOUND
    ${If} $0 = 2
      ; REG_EXPAND_SZ, as Windows makes it
      StrCpy $2 2
      StrCpy $4 0
      StrCpy $0 0
    ${EndIf}
    ; REG_SZ is the other type of a PATH.
    ${If} $0 = 0
    ${AndIf} $2 >= 1
    ${AndIf} $2 <= 2
      IntOp $5 $4 + 8
      IntOp $7 ${LENGTH} * 2
      IntOp $5 $5 + $7
      System::Alloc $5
      Pop $3
      IntPtrOp $6 $3 + 2
      System::Call 'kernel32::lstrcpyW(p r3, w ";")'
      ${If} $4 > 0
        System::Call 'advapi32::RegQueryValueExW(p r1, w "Path", p 0, *i .r2, p r6, *i r4) i .r0'
        ${If} $0 <> 0
          System::Free $3
          StrCpy $3 0
        ${EndIf}
      ${EndIf}
    ${EndIf}
  ${EndIf}
!macroend

; Writes what is at $6, with the length $7, under the earlier type, and tells the programs that run. $0 is 0 where it is written.
!macro writeUserPath
  IntOp $4 $7 + 1
  IntOp $4 $4 * 2
  System::Call 'advapi32::RegSetValueExW(p r1, w "Path", i 0, i r2, p r6, i r4) i .r0'
  SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
!macroend

!macro closeUserPath
  ${If} $3 != 0
    System::Free $3
  ${EndIf}
  ${If} $1 != 0
    System::Call 'advapi32::RegCloseKey(p r1)'
  ${EndIf}
!macroend

; Adds ENTRY at the end, where it is not there yet. $0 is 0 where it was added.
!macro addToUserPath ENTRY
  StrLen $9 "${ENTRY}"
  !insertmacro openUserPath $9
  StrCpy $0 1
  ${If} $3 != 0
    System::Call 'kernel32::lstrlenW(p r6) i .r7'
    System::Call 'kernel32::lstrcatW(p r3, w ";")'
    System::Call 'shlwapi::StrStrIW(p r3, w ";${ENTRY};") p .r5'
    IntOp $8 $7 * 2
    IntPtrOp $8 $6 + $8
    System::Call '*$8(&i2 0)'
    IntOp $4 $7 + $9
    ; Windows allows 32,767 characters in a variable.
    ${If} $5 == 0
    ${AndIf} $4 < 32000
      StrCpy $5 0
      ${If} $7 > 0
        IntPtrOp $8 $8 - 2
        System::Call '*$8(&i2 .r5)'
        ; Not behind a semicolon that is there already
        ${If} $5 <> 59
          System::Call 'kernel32::lstrcatW(p r6, w ";")'
        ${EndIf}
      ${EndIf}
      System::Call 'kernel32::lstrcatW(p r6, w "${ENTRY}")'
      ${If} $5 = 59
        System::Call 'kernel32::lstrcatW(p r6, w ";")'
      ${EndIf}
      System::Call 'kernel32::lstrlenW(p r6) i .r7'
      !insertmacro writeUserPath
    ${EndIf}
  ${EndIf}
  StrCpy $9 $0
  !insertmacro closeUserPath
  StrCpy $0 $9
!macroend

; Takes the last ENTRY out and leaves everything else as it is.
!macro removeFromUserPath ENTRY
  !insertmacro openUserPath 0
  ${If} $3 != 0
    System::Call 'kernel32::lstrcatW(p r3, w ";")'
    System::Call 'shlwapi::StrRStrIW(p r3, p 0, w ";${ENTRY};") p .r5'
    ${If} $5 != 0
      StrLen $9 ";${ENTRY}"
      IntOp $9 $9 * 2
      IntPtrOp $8 $5 + $9
      System::Call 'kernel32::lstrlenW(p r8) i .r7'
      IntOp $7 $7 + 1
      IntOp $7 $7 * 2
      System::Call 'kernel32::RtlMoveMemory(p r5, p r8, p r7)'
      System::Call 'kernel32::lstrlenW(p r6) i .r7'
      ${If} $7 > 0
        IntOp $7 $7 - 1
        IntOp $8 $7 * 2
        IntPtrOp $8 $6 + $8
        System::Call '*$8(&i2 0)'
        !insertmacro writeUserPath
      ${Else}
        System::Call 'advapi32::RegDeleteValueW(p r1, w "Path")'
        SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
      ${EndIf}
    ${EndIf}
  ${EndIf}
  !insertmacro closeUserPath
!macroend

; After an update into another folder, or where it is no longer wanted, the earlier entry goes.
!macro installCommandPath
  Push $R0
  ReadRegStr $R0 HKCU "${ownKey}" "PathEntry"
  ${If} $R0 != ""
    ${If} $wantsCommand <> 1
    ${OrIf} $R0 != "${commandFolder}"
      !insertmacro withdrawCommandPath
      StrCpy $R0 ""
    ${EndIf}
  ${EndIf}
  ${If} $R0 == ""
  ${AndIf} $wantsCommand = 1
    StrCpy $R0 "${commandFolder}"
    ; Both have a meaning within PATH, and no quotes for it that all programs read.
    System::Call 'shlwapi::StrChrW(w R0, i 59) p .r0'
    System::Call 'shlwapi::StrChrW(w R0, i 37) p .r1'
    ${If} "$0$1" == "00"
      !insertmacro addToUserPath $R0
      ${If} $0 = 0
        WriteRegStr HKCU "${ownKey}" "PathEntry" $R0
      ${EndIf}
    ${EndIf}
  ${EndIf}
  Pop $R0
!macroend

; $R0 is what was added.
!macro withdrawCommandPath
  !insertmacro removeFromUserPath $R0
  DeleteRegValue HKCU "${ownKey}" "PathEntry"
  DeleteRegKey /ifempty HKCU "${ownKey}"
  DeleteRegKey /ifempty HKCU "Software\Latchkey"
!macroend

; The version that replaces this one finds it as it was.
!macro uninstallCommandPath
  ${IfNot} ${isUpdated}
    Push $R0
    ReadRegStr $R0 HKCU "${ownKey}" "PathEntry"
    ${If} $R0 != ""
      !insertmacro withdrawCommandPath
    ${EndIf}
    Pop $R0
  ${EndIf}
!macroend
