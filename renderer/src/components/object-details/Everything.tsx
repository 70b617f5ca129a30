import { Button } from '@mantine/core'
import { useState } from 'react'
import { AllOfIt } from './AllOfIt'

/** Behind a button: most people never need every field, and nothing is read before somebody does. */
export function Everything({ pem, what }: { pem: string; what: 'certificate' | 'request' }) {
  const [isShown, setShown] = useState(false)
  if (isShown) return <AllOfIt pem={pem} />
  return (
    <div>
      <Button variant="default" size="xs" onClick={() => setShown(true)}>
        Everything the {what} says
      </Button>
    </div>
  )
}
