// Owns the reading of a Caddyfile: blocks of lines, by their heads. Refuses brackets that do not close, and a block that is not there.

export type Block = { readonly head: string; readonly lines: readonly string[]; readonly blocks: readonly Block[] }

export function blocksOf(content: string): Block {
  const whole = { head: '', lines: [] as string[], blocks: [] as Block[] }
  const open = [whole]
  for (const line of content.split('\n').map((raw) => raw.trim())) {
    const here = open.at(-1)
    if (here === undefined) throw new Error('a bracket too many')
    if (line === '' || line.startsWith('#')) continue
    if (line === '}') open.pop()
    else if (line === '{' || line.endsWith(' {')) {
      const block = { head: line.slice(0, -1).trim(), lines: [], blocks: [] }
      here.blocks.push(block)
      open.push(block)
    } else here.lines.push(line)
  }
  if (open.length !== 1) throw new Error('a bracket is not closed')
  return whole
}

export function blockOf(within: Block, head: string): Block {
  const found = within.blocks.find((block) => block.head === head)
  if (found === undefined) throw new Error(`no block ${head}`)
  return found
}
