import { Button, type ButtonProps } from '@mantine/core'
import type { FormEvent } from 'react'

interface SubmitButtonProps extends Omit<ButtonProps, 'type' | 'disabled'> {
  isReady: boolean
}

/** Looks disabled until the form is complete, but still says what is missing: pressing it, or Enter, leads there. */
export function SubmitButton({ isReady, ...props }: SubmitButtonProps) {
  const waits = isReady ? {} : { 'data-disabled': true, 'aria-disabled': true }
  return <Button type="submit" {...waits} {...props} />
}

/** Sends a form that is complete; in one that is not, the first field that is wrong or empty gets the focus. */
export const whenReady =
  (isReady: boolean, send: () => void) =>
  (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (isReady) send()
    else focusFault(event.currentTarget)
  }

/** After the fields have been drawn with their errors. */
export const focusFirstFault = (form: HTMLFormElement | null): void => {
  requestAnimationFrame(() => form !== null && focusFault(form))
}

function focusFault(form: HTMLFormElement): void {
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
  const shown = fields.filter(
    ({ type, disabled, offsetParent }) => type !== 'file' && !disabled && offsetParent !== null,
  )
  const fault =
    shown.find((one) => one.getAttribute('aria-invalid') === 'true') ??
    shown.find((one) =>
      one.type === 'checkbox' ? !(one instanceof HTMLInputElement && one.checked) : one.value === '',
    )
  fault?.focus()
}
