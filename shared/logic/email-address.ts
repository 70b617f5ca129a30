/**
 * Whether a text has the shape of an e-mail address. It only tells a slip of the keyboard: whoever sends to it decides. Braces
 * are what is left of a template's place for a name.
 */
export const isEmailAddress = (text: string): boolean => /^[^\s@{}]+@[^\s@{}]+\.[^\s@{}]+$/u.test(text)
