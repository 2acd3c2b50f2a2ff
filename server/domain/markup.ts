// Text as it stands in HTML and in XHTML. Pure. Refuses nothing: what is a sign of the markup stands there as text.

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For what stands between tags, and for an attribute in double quotes. */
export const asMarkup = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
