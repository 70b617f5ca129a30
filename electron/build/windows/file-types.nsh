; For this user: Latchkey in "Open with" of these types (OpenWithProgids, which takes no default away), and as what opens links of its
; own. The path or link is passed behind --, so that it is never an option.

!macro forEachCertificateType ACTION
  !insertmacro ${ACTION} ".pem"
  !insertmacro ${ACTION} ".crt"
  !insertmacro ${ACTION} ".cer"
  !insertmacro ${ACTION} ".der"
  !insertmacro ${ACTION} ".p12"
  !insertmacro ${ACTION} ".pfx"
  !insertmacro ${ACTION} ".p7b"
  !insertmacro ${ACTION} ".p7c"
  !insertmacro ${ACTION} ".csr"
  !insertmacro ${ACTION} ".p10"
  !insertmacro ${ACTION} ".crl"
!macroend

!macro offerCertificateType EXTENSION
  WriteRegStr HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "Latchkey.Certificate" ""
!macroend

!macro withdrawCertificateType EXTENSION
  DeleteRegValue HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "Latchkey.Certificate"
  DeleteRegKey /ifempty HKCU "Software\Classes\${EXTENSION}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\${EXTENSION}"
!macroend

!macro describeClass CLASS NAME
  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "${NAME}"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

; SHCNE_ASSOCCHANGED
!macro tellExplorer
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)"
!macroend

!macro installFileTypes
  !insertmacro describeClass "Latchkey.Certificate" "Certificate"
  !insertmacro forEachCertificateType offerCertificateType
  !insertmacro describeClass "Latchkey.Setup" "Latchkey set-up file"
  WriteRegStr HKCU "Software\Classes\.latchkey\OpenWithProgids" "Latchkey.Setup" ""
  !insertmacro describeClass "latchkey" "URL:Latchkey set-up"
  WriteRegStr HKCU "Software\Classes\latchkey" "URL Protocol" ""
  !insertmacro tellExplorer
!macroend

!macro uninstallFileTypes
  !insertmacro forEachCertificateType withdrawCertificateType
  DeleteRegKey HKCU "Software\Classes\Latchkey.Certificate"
  DeleteRegValue HKCU "Software\Classes\.latchkey\OpenWithProgids" "Latchkey.Setup"
  DeleteRegKey /ifempty HKCU "Software\Classes\.latchkey\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.latchkey"
  DeleteRegKey HKCU "Software\Classes\Latchkey.Setup"
  DeleteRegKey HKCU "Software\Classes\latchkey"
  !insertmacro tellExplorer
!macroend
