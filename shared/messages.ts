import type { ErrorCode } from './errors'

export interface Message {
  /** What happened. */
  title: string
  /** Why. */
  why: string
  /** That nothing has happened yet: true only as long as nothing had been done before. Null where that is not known. */
  untouched: string | null
  /** What to do now. */
  remedy: string
}

const say = (title: string, why: string, remedy: string, untouched: string | null = null): Message => ({
  title,
  why,
  untouched,
  remedy,
})

const unchanged = 'Nothing was changed.'

/**
 * The words for every error, for the window and the terminal alike. One long table on purpose: the compiler finds a code without
 * words, and a writer sees how the others sound.
 */
export const messages: Record<ErrorCode, Message> = {
  'invalid-input': say(
    'This input is not valid.',
    'Something you entered cannot be used.',
    'Check what you entered and try again.',
    unchanged,
  ),
  'not-found': say(
    'This no longer exists.',
    'It was removed, or it was never in this list.',
    'Go back to the list and choose again.',
  ),
  ambiguous: say(
    'More than one has this name.',
    'Latchkey does not guess which one you mean.',
    'Use its key code, serial number or fingerprint instead.',
    unchanged,
  ),
  busy: say(
    'Latchkey is busy in another window or terminal.',
    'Another action has not finished yet.',
    'Wait until it is finished, then try again.',
    unchanged,
  ),
  cancelled: say('Cancelled.', 'You cancelled it.', 'Start again whenever you like.', 'Nothing was kept.'),
  'ticket-expired': say(
    'Choose the file again.',
    'It was chosen too long ago, or it has already been used.',
    'Open the file again.',
  ),
  'foreign-sender': say(
    'This request was refused.',
    'It did not come from Latchkey’s own window.',
    'Restart Latchkey. If it happens again, report it.',
  ),
  internal: say(
    'Something went wrong inside Latchkey.',
    'This is a bug in Latchkey, not a mistake of yours.',
    'Try again. If it happens again, report it with the details and the log (Help → Show log).',
  ),

  'file-empty': say(
    'This file is empty.',
    'There is nothing in it to read.',
    'Ask for the file again, or download it again.',
  ),
  'too-large': say(
    'This file holds more than Latchkey reads.',
    'Latchkey reads up to 16 MiB from a file, and up to 1,000 certificates, keys and other parts.',
    'Make sure that it is the right file. From a large collection, take out the certificates that you need.',
  ),
  malformed: say(
    'This file is damaged.',
    'It looks like a certificate file, but part of it cannot be read.',
    'Ask for the file again, if possible as PEM text.',
    unchanged,
  ),
  'unsupported-format': say(
    'Latchkey cannot read this kind of file.',
    'Its format is not used for certificates of this kind.',
    'Ask for a .pem or .p12 file. Where the details name a conversion, that works too.',
    unchanged,
  ),
  'unsupported-algorithm': say(
    'This file is protected or made in a way that Latchkey does not support.',
    'The password may well be right.',
    'Ask for the file with AES or 3DES protection and an RSA or EC key.',
    unchanged,
  ),
  'wrong-password': say(
    'Wrong password, or the file was altered.',
    'The password does not open this file.',
    'Type it again, and check capital letters and the keyboard layout.',
    unchanged,
  ),
  'password-needed': say(
    'This file has a password.',
    'Whoever made it chose a password for it.',
    'Enter the password, or ask for it.',
  ),
  'too-many-iterations': say(
    'Opening this file would take far too long.',
    'Its password protection demands far more computing than any genuine file does.',
    'Ask someone you trust for the file again.',
  ),
  'nothing-usable': say(
    'There is no certificate in this file.',
    'It could be read, but it does not contain what is needed here.',
    'Ask your administrator for the issued certificate (client.pem).',
    unchanged,
  ),
  'private-key-missing': say(
    'The private key is missing.',
    'There is a certificate, but not the private key that belongs to it.',
    'Add the key file, or choose a format without a key.',
    'Nothing was written.',
  ),
  'new-password-needed': say(
    'The new file needs a password.',
    'It will contain a private key.',
    'Choose a password for it, or leave the key unencrypted where the format allows it.',
    'Nothing was written.',
  ),
  'file-unreadable': say(
    'The file could not be opened.',
    'It no longer exists, or you do not have permission to read it.',
    'Check that it is still there and open it again.',
  ),
  'file-not-written': say(
    'The file could not be written.',
    'The disk may be full, or you do not have permission to write there.',
    'Choose another folder.',
  ),

  'no-matching-key': say(
    'This certificate belongs to another key.',
    'None of your keys matches it, so it cannot be used here.',
    'Check that it is the answer to your request, or add the key file it belongs to.',
    unchanged,
  ),
  'certificate-is-authority': say(
    'This is the certificate of an issuer (CA), not yours.',
    'It can vouch for certificates, but it cannot sign you in.',
    'Ask for your own certificate, usually called client.pem.',
    unchanged,
  ),
  'certificate-not-authority': say(
    'This is not the certificate of an issuer (CA).',
    'A client’s or a server’s certificate cannot vouch for others, and Access wants the certificates of issuers only.',
    'Choose the file with the issuer’s certificate, usually called ca.pem or rootCA.pem.',
    unchanged,
  ),
  'already-issued': say(
    'You already have a newer certificate for this key.',
    'The certificate in this file expires sooner than the one you have.',
    'Keep the one you have, or make a new request.',
    unchanged,
  ),
  'already-present': say(
    'This certificate is already here.',
    'Nothing needed to be changed.',
    'Continue with the next step.',
  ),

  'issuer-not-yet-valid': say(
    'By this computer’s clock, this issuer is not valid yet.',
    'Anything it signed now would have the wrong dates.',
    'Check this computer’s clock, then try again.',
    'Nothing was signed.',
  ),
  'issuer-expired': say(
    'By this computer’s clock, this issuer has expired.',
    'Nothing it signs would be accepted.',
    'Check this computer’s clock. If it is right, create a successor of this issuer.',
    'Nothing was signed.',
  ),
  'crl-numbers-used-up': say(
    'This issuer has no CRL number left.',
    'RFC 5280 allows CRL numbers of up to 20 octets, and verifiers ignore a list with a smaller number than the one before.',
    'Create an issuer with another name, and issue certificates from it.',
    unchanged,
  ),
  'crl-dated-ahead': say(
    'The last revocation list (CRL) is dated in the future.',
    'This computer’s clock was ahead when it was written, or is behind now.',
    'Check this computer’s clock. If it is right, say whether a list with a date in the future was published (in a terminal: --last-crl).',
    'No list was written.',
  ),

  'last-crl-needed': say(
    'The last revocation list (CRL) of this issuer is needed first.',
    'The issuer was restored from a backup. Since then it may have published a newer list.',
    'Add the last list that was published, or say that there is none newer than the backup (in a terminal: latchkey ca last-crl).',
    'Nothing was signed.',
  ),

  'home-not-yours': say(
    'Latchkey’s folder belongs to another account.',
    'Whoever owns it can read and change what is in it, so it was not opened.',
    'Run Latchkey as the account that owns it, without sudo, or set LATCHKEY_HOME to a folder of your own. Files that sudo left there can be given back with chown.',
    unchanged,
  ),
  'home-stays-open': say(
    'The folder could not be closed to other accounts.',
    'Its file system has no permissions, or refused to change them.',
    'Set LATCHKEY_HOME to a folder on another disk.',
  ),
  'home-unusable': say(
    'Latchkey’s folder cannot be used.',
    'Latchkey keeps its data there. The details name the folder and what is wrong with it.',
    'Correct what the details name, or set LATCHKEY_HOME to another folder. Then try again.',
  ),

  'change-waits': say(
    'This change cannot be discarded.',
    'Latchkey itself began it, and finishes it or takes it back.',
    'Unlock your keys and start Latchkey again. If your keychain is locked, unlock that first.',
    unchanged,
  ),

  'store-unavailable': say(
    'This computer’s certificates cannot be reached.',
    'It is not available to Latchkey at the moment.',
    'Sign in to your desktop as usual and try again.',
    unchanged,
  ),
  'store-tool-missing': say(
    'A system tool is missing.',
    'Latchkey needs it to put certificates where Chrome and Firefox find them.',
    'Install it with the command shown in the details, then try again.',
    unchanged,
  ),
  'store-locked': say(
    'Your certificates are locked or in use.',
    'Your keychain or browser profile needs its password, or a browser is using it.',
    'Unlock it, or close the browser, and try again.',
    unchanged,
  ),
  'store-cancelled': say(
    'You cancelled it.',
    'The system asked for permission, and it was declined.',
    'Try again and allow it when the system asks.',
    unchanged,
  ),
  'store-denied': say(
    'The system did not allow it.',
    'Your account or your organisation does not permit this change.',
    'Ask your administrator.',
    unchanged,
  ),
  'store-password-refused': say(
    'The system could not open the certificate.',
    'It refused the one-time password that Latchkey used.',
    'Try again. If it happens again, report it with the details and the log (Help → Show log).',
    unchanged,
  ),
  'store-not-confirmed': say(
    'The certificate was not found after the installation.',
    'The system reported success, but the certificate was not there when Latchkey checked.',
    'Try again. If it happens again, report it with the details and the log (Help → Show log).',
    'The change was undone.',
  ),
  'certificate-still-there': say(
    'The certificate could not be removed.',
    'The system was told to remove it, but it was still there when Latchkey checked.',
    'Close the browsers and try again. If it is still there, remove it with the system’s own certificate manager.',
  ),
  'key-not-confirmed': say(
    'The private key could not be confirmed removed.',
    'The system was told to delete it, but Latchkey could not read back that it is gone.',
    'Try again. If this keeps happening, find the key in the system’s own certificate manager and delete it there.',
  ),
  'store-failed': say(
    'The system’s certificate tool failed.',
    'It ended with an error.',
    'Look at the details, or report them.',
  ),
  'timer-unavailable': say(
    'This system has no timer that Latchkey can use.',
    'Latchkey cannot check while it is closed.',
    'Keep Latchkey open, or run “latchkey expiring” from your own scheduler once a day.',
    unchanged,
  ),
  'timer-failed': say(
    'The system’s timer could not be changed.',
    'The program that manages timers ended with an error.',
    'Look at the details. You can also schedule “latchkey expiring” yourself: it exits with 1 when something expires soon.',
  ),
  'login-start-failed': say(
    'Starting at login could not be changed.',
    'The system did not take the change.',
    'Look at the details. You can also add Latchkey to the programs that your system starts at login.',
  ),
  'command-tool-taken': say(
    'Another program is installed as “latchkey”.',
    'Something that Latchkey did not put there, or may not change, has this name.',
    'Look at the file named in the details. Remove or rename it, and try again.',
    unchanged,
  ),
  'command-tool-not-here': say(
    'Move Latchkey to the Applications folder first.',
    'It runs from a disk image or from where it was downloaded.',
    'Quit Latchkey, drag it to Applications, open it from there, and try again.',
    unchanged,
  ),
  'command-tool-failed': say(
    'The command-line tool could not be changed.',
    'This account may not write where terminals look for commands.',
    'Look at the details. An administrator can also link the command into a folder that all accounts use.',
  ),
  'trust-withheld': say(
    'Trust was not set, on purpose.',
    'Trusting this certificate would weaken your computer’s security.',
    'You do not need to do anything: browsers present it without trust.',
  ),
  managed: say(
    'Your organisation has switched this off.',
    'A policy of this computer’s administrator does not allow it.',
    'Ask your administrator. Settings shows what the policy says.',
    unchanged,
  ),
  'policy-unusable': say(
    'This is off because the policy of this computer cannot be used.',
    'Your administrator has set rules for Latchkey on this computer, but they cannot be read. Whatever they may forbid is off until they are corrected.',
    'Send the details to your administrator. Once the policy is corrected, start Latchkey again.',
    unchanged,
  ),
  'trust-cancelled': say(
    'Trust was not set.',
    'The system asked for permission, and it was declined.',
    'Try again and allow it, or install without trust.',
    'The rest was undone.',
  ),
  'key-not-in-vault': say(
    'Latchkey does not have the private key of this certificate.',
    'It was moved out of Latchkey into the system, or it was removed.',
    'Test it “As the browser”, or import the key again.',
  ),

  'vault-locked': say(
    'Your keys are locked.',
    'They are sealed and need your passphrase or your keyring.',
    'Unlock them and try again.',
  ),
  'vault-key-lost': say(
    'The master key of your sealed keys is gone.',
    'The keyring was reset or replaced, so the private keys here cannot be opened. Your certificates, requests and reports are still readable; only the private keys are affected.',
    'Restore the keyring from a backup, enter your recovery passphrase if you set one, or start with an empty vault in Settings.',
  ),
  'vault-damaged': say(
    'A sealed key file is damaged.',
    'It was altered or truncated and cannot be opened.',
    'Restore it from a backup, or make a new request.',
  ),
  'vault-too-new': say(
    'These keys were written by a newer Latchkey.',
    'This version cannot open them and must not change them.',
    'Update Latchkey.',
    unchanged,
  ),
  'passphrase-needed': say(
    'Choose a passphrase for your keys.',
    'This computer has no usable keyring, and Latchkey never keeps keys unprotected.',
    'Choose a passphrase; it is asked for once each time Latchkey starts.',
  ),
  'passphrase-wrong': say(
    'Wrong passphrase.',
    'It does not open your keys.',
    'Type it again, and check capital letters and the keyboard layout.',
    unchanged,
  ),
  'passphrase-weak': say(
    'This passphrase is too short.',
    'It would be too easy to guess.',
    'Use at least eight characters; several words are best.',
  ),
  'keyring-locked': say(
    'Your keyring is locked.',
    'It holds the key to your sealed keys and did not open.',
    'Unlock your keyring (usually with your login password) and try again.',
    unchanged,
  ),

  'backup-foreign': say(
    'This is not a Latchkey backup.',
    'Another program wrote this file, or its beginning is missing.',
    'Choose a file that ends in .latchkey-backup. Add certificates and keys with File → Open instead.',
    unchanged,
  ),
  'backup-damaged': say(
    'This backup is damaged.',
    'It was altered or cut off after it was made, so none of it is used.',
    'Copy it again from where you keep it, or use an earlier backup.',
    unchanged,
  ),
  'backup-too-new': say(
    'This backup was made by a newer Latchkey.',
    'This version cannot read all of it, so it reads none of it.',
    'Update Latchkey, then restore the backup.',
    unchanged,
  ),
  'backup-passphrase-wrong': say(
    'This passphrase does not open the backup.',
    'It is the one that was chosen when the backup was made.',
    'Type it again, and check capital letters and the keyboard layout.',
    unchanged,
  ),

  'setup-damaged': say(
    'This set-up file is damaged.',
    'It was cut off or changed after it was signed, so none of it is used.',
    'Ask your administrator to send it again, as an attachment.',
    unchanged,
  ),
  'setup-too-new': say(
    'This set-up file was made by a newer Latchkey.',
    'This version cannot read all of it, so it reads none of it.',
    'Update Latchkey, then open the file again.',
    unchanged,
  ),
  'setup-not-allowed': say(
    'This set-up file asks for more than it may.',
    'It can add sites and fill in a request, and nothing else. None of it is used.',
    'Ask your administrator for a new file. If you did not expect one, delete it.',
    unchanged,
  ),
  'setup-other-key': say(
    'This set-up file is not from your organisation.',
    'Your organisation allows one signing key for set-up files, and another key signed this one.',
    'Show the file to your administrator, and do not use it.',
    unchanged,
  ),
  'setup-unverified': say(
    'This set-up file is not verified yet.',
    'Nobody has compared the code of the key that signed it.',
    'Ask your administrator for the code, in a call or in person, and compare it.',
    unchanged,
  ),

  'database-damaged': say(
    'Latchkey’s list of certificates is damaged.',
    'The database file latchkey.db cannot be read. Your sealed keys are not affected.',
    'Restore latchkey.db from a backup, or move it away and import your certificates again.',
  ),
  'database-too-new': say(
    'This data was written by a newer Latchkey.',
    'This version must not change it.',
    'Update Latchkey.',
    unchanged,
  ),
  'disk-full': say(
    'The disk is full.',
    'There is no space left to write. No partial file was kept.',
    'Free some space and try again.',
  ),

  'address-invalid': say(
    'This address cannot be read.',
    'It should look like https://admin.example.com/.',
    'Correct it and try again.',
  ),
  'browser-mode-unavailable': say(
    'Testing as the browser is not possible here.',
    'No browser engine is available, or using it would affect your own browser.',
    'Use the direct test.',
  ),
  'report-value-gone': say(
    'This value is no longer available.',
    'Cookie values are kept only in memory, for the latest tests.',
    'Run the test again.',
  ),

  'signer-unreachable': say(
    'The signer does not answer.',
    'No cfssl was reached at that address, so no certificate came back.',
    'Check that “cfssl serve” runs there, and its address and port.',
  ),
  'signer-refused': say(
    'The signer refused.',
    'It answered with an error. Its message is in the details.',
    'Check the profile, the label and, where it asks for one, the authentication key.',
  ),
  'signer-wrong': say(
    'The signer’s answer was rejected.',
    'It is not an answer from cfssl, is for another key, or is not signed by this signer. It was discarded.',
    'Ask whoever runs the signer, and do not use what it returned.',
  ),

  'cloudflare-not-connected': say(
    'Latchkey is not connected to Cloudflare.',
    'No API token was given, and none is stored. Nothing was read.',
    'Create an API token in Cloudflare’s dashboard and connect with it, or give it for this command only.',
  ),
  'cloudflare-token-unusable': say(
    'This is not an API token that Latchkey uses.',
    'Latchkey accepts user and account API tokens. It refuses global API keys, because they can do anything in every account. The token was not sent.',
    'Create an API token with read permissions in Cloudflare’s dashboard, and use that.',
  ),
  'cloudflare-token-refused': say(
    'Cloudflare does not accept this API token.',
    'It may be deleted, disabled, expired, restricted to other addresses, or copied incompletely.',
    'Check the token in Cloudflare’s dashboard, or create a new one.',
    unchanged,
  ),
  'cloudflare-permission-missing': say(
    'The API token lacks a permission.',
    'The details name what is missing.',
    'Add the permission to the token in Cloudflare’s dashboard, then try again.',
    unchanged,
  ),
  'cloudflare-account-unclear': say(
    'It is not clear which Cloudflare account is meant.',
    'The API token can see several accounts, or does not say which one it belongs to. Nothing was read.',
    'Specify the account by its ID or its exact name.',
  ),
  'cloudflare-unreachable': say(
    'Cloudflare’s API cannot be reached.',
    'The connection failed, or the API reported a fault of its own.',
    'Check the network connection and try again. Cloudflare reports faults at www.cloudflarestatus.com.',
    unchanged,
  ),
  'cloudflare-answer-wrong': say(
    'The answer is not what Cloudflare’s API documents.',
    'A proxy or a login page may have answered in its place, or the API has changed. It was not used.',
    'Check the network connection. If it is fine, report this with the details.',
    unchanged,
  ),
  'cloudflare-rate-limited': say(
    'Cloudflare’s API accepts no more requests for now.',
    'It allows 1,200 requests in five minutes for each user, in all programs together.',
    'Wait five minutes, then try again.',
    unchanged,
  ),
  'cloudflare-not-enabled': say(
    'Zero Trust is not enabled in this Cloudflare account.',
    'Access belongs to Zero Trust, which has to be set up once.',
    'Open Zero Trust in Cloudflare’s dashboard and choose a team name.',
    unchanged,
  ),
  'cloudflare-limit-reached': say(
    'The Cloudflare account has reached a limit.',
    'An account can hold a limited number of these. On a plan without mutual TLS, the number of CA certificates is zero.',
    'Remove what is no longer used, or ask Cloudflare about the plan.',
    unchanged,
  ),
  'cloudflare-conflict': say(
    'Cloudflare cannot make this change now.',
    'An earlier change is still being applied, or something else still uses it.',
    'Wait a minute and try again. If that does not help, check the reason in the details.',
    unchanged,
  ),
  'cloudflare-not-found': say(
    'Cloudflare did not find this.',
    'It may have been removed, or belong to another account.',
    'Read the account again, then try again.',
    unchanged,
  ),
  'cloudflare-refused': say(
    'Cloudflare refused the request.',
    'Its reason is in the details.',
    'Correct what the details name, then try again.',
    unchanged,
  ),
  'cloudflare-uncertain': say(
    'It is unknown whether Cloudflare made this change.',
    'The request was sent, but no reliable answer came back.',
    'Read the account again before you repeat the change.',
  ),

  'cloudflare-plan-outdated': say(
    'The account has changed since this plan was made.',
    'Latchkey compared the two before the first change.',
    'Plan the change again, and check what it does now.',
    'Nothing was written.',
  ),

  'update-unreachable': say(
    'The update server cannot be reached.',
    'There was no answer or an error, a certificate that is not trusted, or a redirection to another address.',
    'Check the network and its proxy, and try again later.',
    unchanged,
  ),
  'update-untrusted': say(
    'The update is not signed by the makers of Latchkey.',
    'Its signature is missing or wrong, so it may come from somebody else.',
    'Do not install it from elsewhere. Try again later, and report it if it happens again.',
    unchanged,
  ),
  'update-damaged': say(
    'The update is damaged.',
    'What was downloaded is not what the signed list describes.',
    'Try again later.',
    unchanged,
  ),
  'update-stale': say(
    'The update server’s list of releases is not current.',
    'It has expired, is dated in the future, or is older than one that Latchkey has seen. Somebody may be hiding a newer release.',
    'Check the date of this computer and try again later.',
    unchanged,
  ),
  'update-failed': say(
    'The update could not be saved or installed.',
    'This version of Latchkey was kept.',
    'Make sure that there is space on the disk and that you may change the file, then try again.',
  ),
  'lab-not-running': say(
    'The practice site is not running.',
    'It has to be running before it can sign or be tested.',
    'Start it and try again.',
  ),
}

/** Why something did not succeed, and what has or has not happened: what had been done before is said instead of a claim. */
export function explanationOf({ code, done = null }: { code: ErrorCode; done?: string | null | undefined }): string {
  const { why, untouched } = messages[code]
  return [why, done ?? untouched].filter((sentence) => sentence !== null).join(' ')
}
