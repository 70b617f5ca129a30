export function commandsOf(input: string): string[][]
export function splitLine(line: string): string[]
