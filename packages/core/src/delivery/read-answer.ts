/** Reads the beginning of what a receiver answers, at most some characters more than asked for: an answer may be endless. */
export async function readAnswer(
  body: AsyncIterable<Uint8Array> | null,
  maxLength: number,
): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxLength) break;
  }
  return text;
}
