/** Methods that RFC 9110, section 9.2.1, does not call safe. */
export function isWritingMethod(method: string): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
}
