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

/**
 * Sends a form that is complete; in one that is not, the first field that is wrong or empty gets the focus. `refuse` is called
 * before that, for fields that are marked as wrong only once the form was sent.
 */
export const whenReady =
  (isReady: boolean, send: () => void, refuse?: () => void) =>
  (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (isReady) send()
    else if (refuse === undefined) focusFault(event.currentTarget)
    else {
      refuse()
      focusFirstFault(event.currentTarget)
    }
  }

/** After the fields have been drawn with their errors. */
export const focusFirstFault = (form: HTMLFormElement | null): void => {
  requestAnimationFrame(() => form !== null && focusFault(form))
}

function focusFault(form: HTMLFormElement): void {
  const fields = [...form.querySelectorAll<Field>('input, textarea, button[data-missing]')]
  const shown = fields.filter(
    ({ type, disabled, offsetParent }) => type !== 'file' && !disabled && offsetParent !== null,
  )
  const empty = shown.filter(isEmpty)
  const fault = shown.find((one) => one.getAttribute('aria-invalid') === 'true') ?? empty.find(isNeeded) ?? empty[0]
  fault?.focus()
}

/** The button stands for the files that it lets somebody choose. */
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLButtonElement

const isEmpty = (field: Field): boolean =>
  field instanceof HTMLInputElement && field.type === 'checkbox' ? !field.checked : field.value === ''

const isNeeded = (field: Field): boolean => field instanceof HTMLButtonElement || field.required
