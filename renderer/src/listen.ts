import { arrivalFrom, arrivals } from './import/arrivals'

/**
 * Imported before everything else, so that the window listens before anything is drawn: a file that is dropped or pasted in
 * the first moments waits until it can be opened. Without these listeners the browser would drop it without a word.
 */
window.addEventListener('dragover', (event) => {
  event.preventDefault()
  if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
})

window.addEventListener('drop', (event) => {
  event.preventDefault()
  const arrival = arrivalFrom(event.dataTransfer)
  if (arrival !== null) arrivals.add(arrival)
})

window.addEventListener('paste', (event) => {
  const arrival = arrivalFrom(event.clipboardData)
  if (arrival === null) return
  event.preventDefault()
  arrivals.add(arrival)
})
