import { Button, Divider, Text, UnstyledButton } from '@mantine/core'
import { IconArchive, IconCertificate, IconFileImport, IconRubberStamp, IconSchool } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import { useAreas } from '../../components/use-areas'
import { useImport } from '../../import/import-context'
import { useNavigation } from '../../navigation'
import { useChooseBackup } from '../settings/backup/use-choose-backup'
import styles from './SiteCheck.module.css'

/** For whoever has no address to paste. */
export function StartWays() {
  const { go } = useNavigation()
  const { choose } = useImport()
  const areas = useAreas()
  const { data: inventory } = useAnswer('stored.list', undefined)
  const { choose: chooseBackup, error } = useChooseBackup()
  const [first] = inventory?.certificates ?? []
  const count = inventory?.certificates.length ?? 0
  return (
    <>
      <Divider label="Or start another way" labelPosition="center" mt="xl" />
      <div className={styles.ways}>
        <Way
          icon={<IconFileImport size={19} aria-hidden />}
          name="I have a file"
          about="Open a certificate file"
          onChoose={() => void choose()}
        />
        {!areas.issuers.isHidden && (
          <Way
            icon={<IconRubberStamp size={19} aria-hidden />}
            name="I run the CA"
            about="Issue certificates"
            onChoose={() => go({ screen: 'authorities' })}
          />
        )}
        {!areas.practice.isHidden && (
          <Way
            icon={<IconSchool size={19} aria-hidden />}
            name="Practice first"
            about="No account needed"
            onChoose={() => go({ screen: 'practice' })}
          />
        )}
      </div>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconArchive size={16} aria-hidden />}
        onClick={() => void chooseBackup()}
      >
        Restore a backup…
      </Button>
      {error !== null && <ErrorNotice error={error} />}
      {first !== undefined && (
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconCertificate size={16} aria-hidden />}
          onClick={() => go({ screen: 'certificates', identity: null, stored: first.certificate.sha256 })}
        >
          {count === 1 ? 'Show the certificate on this computer' : `Show the ${count} certificates on this computer`}
        </Button>
      )}
    </>
  )
}

interface WayProps {
  icon: ReactNode
  name: string
  about: string
  onChoose(): void
}

function Way({ icon, name, about, onChoose }: WayProps) {
  return (
    <UnstyledButton className={styles.way} onClick={onChoose}>
      {icon}
      <span>
        <Text span size="sm" fw={600} display="block">
          {name}
        </Text>{' '}
        <Text span size="xs" c="dimmed" display="block">
          {about}
        </Text>
      </span>
    </UnstyledButton>
  )
}
