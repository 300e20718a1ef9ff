/** A link as it stands in a Markdown file; offsets are UTF-16 units of the file's text. */
export type Link = {
  /** The destination, with Markdown's escapes or HTML's character references decoded. */
  url: string
  /** Where the written destination begins and ends, without its quotes or angle brackets. */
  start: number
  end: number
  /** Counted from 1. */
  line: number
  form: 'markdown' | 'html'
}
