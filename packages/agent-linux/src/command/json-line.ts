const beyondAscii = /[\u007f-\uffff]/g;

/**
 * Writes a value as one line of JSON in ASCII: what an attacker put into a name or a command reaches no terminal
 * as a control character, and reads back as it was.
 */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value).replace(
    beyondAscii,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${json}\n`;
}
