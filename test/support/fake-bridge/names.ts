/** People and companies elsewhere: written from right to left, in characters without spaces, and longer than most. */
const names: readonly (readonly [name: string, instead: string])[] = [
  ['Ada Lovelace', 'עדה לאבלייס'],
  ['Mira Falk', 'ليلى حداد'],
  ['Tomas Lind', 'תמר לוי'],
  ['Grace Hopper', '그레이스 호퍼'],
  ['Jonas Brandt', 'يونس برادة'],
  ['ada-ci-runner', '山田太郎のノートパソコン'],
  ['grafana-reader-with-a-rather-long-name', '张伟的笔记本电脑（上海办公室，名字相当长）'],
  ['Acme Client CA', 'רשות אישורים אקמה'],
  ['Acme Root CA', '株式会社アクメ ルート認証局'],
  ['Northwind VPN CA', 'سلطة شهادات نورثويند'],
  ['Holders', 'حاملو الشهادات'],
  ['Wiki admin', 'ניהול ויקי'],
]

/** The same answer about other people. Sentences have the new names where the old ones were, and so are isolated or not as those. */
export function withOtherNames<Value>(value: Value): Value {
  let text = JSON.stringify(value)
  for (const [name, instead] of names) text = text.replaceAll(name, instead)
  return JSON.parse(text)
}
