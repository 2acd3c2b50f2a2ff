// Owns a look at the form in what the app sends to a token endpoint, without taking it away from who shall get it.

/** `form` has the fields, none where it is no form; `init` is to be sent in place of the one that was looked at. */
export async function lookedInto(init: RequestInit | undefined): Promise<{ form: URLSearchParams; init: RequestInit }> {
  const isForm = new Headers(init?.headers).get('content-type')?.includes('x-www-form-urlencoded') ?? false
  if (!isForm || !(init?.body instanceof ReadableStream)) return { form: new URLSearchParams(), init: init ?? {} }
  const [seen, sent] = init.body.tee()
  return { form: new URLSearchParams(await new Response(seen).text()), init: { ...init, body: sent } }
}
