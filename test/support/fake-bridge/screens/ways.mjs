/** Ways that lead to screens of several areas. */

/** What the driver of `npm run screens` does before it takes a picture: a scene of the pretended back end, and the way from its start. */
export const go = (page, screen) => page.getByRole('navigation').getByRole('button', { name: screen }).click()
/** To a screen that the side bar does not have. */
export async function find(page, label) {
  await palette(page)
  await page.keyboard.type(label)
  await page.keyboard.press('Enter')
}
export const press = (page, name) => page.getByRole('button', { name }).first().click()
export const tab = (page, name) => page.getByRole('tab', { name }).click()
export const fill = (page, label, text) => page.getByLabel(label).first().fill(text)
export const menu = async (page, item) => {
  await press(page, 'More actions')
  await page.getByRole('menuitem', { name: item }).click()
}
export const certificate = (name) => async (page) => {
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('button').first().click()
}
export const site = (name) => async (page) => {
  await go(page, 'Sites')
  await page.getByRole('region', { name: 'Sites' }).getByText(name, { exact: true }).click()
}
export const selectThree = (list) => async (page) => {
  const rows = page.getByRole('region', { name: list }).locator('[data-row-key] > button')
  await rows.nth(0).click({ modifiers: ['Control'] })
  await rows.nth(2).click({ modifiers: ['Shift'] })
  await page.getByText('3 selected').waitFor()
}
export const issuer = (name) => async (page) => {
  await go(page, 'Issuers')
  await page.getByRole('region', { name: 'List of issuers' }).getByText(name).first().click()
}
export const palette = async (page) => {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(/^Search certificates, sites/u).waitFor()
}
export const nothingFound = (page) => page.getByText('No results').first().waitFor()
export const settings = (page) => go(page, 'Settings')
export const inTurn =
  (...steps) =>
  async (page) => {
    for (const step of steps) await step(page)
  }
export const explained = async (page) => {
  await go(page, 'Access')
  await press(page, 'Who gets in?')
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('https://wiki.acme.example/admin/users')
  await press(page, 'Explain')
  await page.getByRole('region', { name: 'Answer' }).waitFor()
}
