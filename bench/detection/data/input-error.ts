/** Something the user gave cannot be used: shown without a stack. */
export class InputError extends Error {
  override name = "InputError";
}
