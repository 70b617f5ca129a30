import type { Table } from './table'

/** Keys of SSH, which are no business of ours and yet deserve a way forward. */
export const sshKeys: Table = [
  ['asymmetric/OpenSSH/dsa-nopsw.key', 'unsupported-format: OpenSSH key'],
  ['asymmetric/OpenSSH/dsa-nopsw.key-cert.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/dsa-nopsw.key.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/dsa-psw.key', 'unsupported-format: OpenSSH key'],
  ['asymmetric/OpenSSH/dsa-psw.key.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/ecdsa-nopsw.key', 'unsupported-format: OpenSSH key'],
  ['asymmetric/OpenSSH/ecdsa-nopsw.key-cert.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/ecdsa-nopsw.key.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/ecdsa-psw.key', 'unsupported-format: OpenSSH key'],
  ['asymmetric/OpenSSH/ecdsa-psw.key.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/ed25519-nopsw.key', 'unsupported-format: OpenSSH key'],
  ['asymmetric/OpenSSH/ed25519-nopsw.key-cert.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/ed25519-nopsw.key.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/ed25519-psw.key', 'unsupported-format: OpenSSH key'],
  ['asymmetric/OpenSSH/ed25519-psw.key.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/rsa-nopsw.key', 'unsupported-format: OpenSSH key'],
  ['asymmetric/OpenSSH/rsa-nopsw.key-cert.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/rsa-nopsw.key.pub', 'unsupported-format: SSH public key'],
  ['asymmetric/OpenSSH/rsa-psw.key', 'unsupported-format: OpenSSH key'],
  ['asymmetric/OpenSSH/rsa-psw.key.pub', 'unsupported-format: SSH public key'],
]
