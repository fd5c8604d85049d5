import { maxSettingLength } from "../contracts/store/settings-store.js";
import { StraycallError } from "../straycall-error.js";

/**
 * Writes a setting as JSON: for stores.
 *
 * @throws StraycallError CONFIG_INVALID if it is longer than {@link maxSettingLength}, or JSON cannot hold it
 */
export function settingText(name: string, value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) throw invalid(name, "has no value that JSON can hold");
  if (text.length > maxSettingLength) {
    throw invalid(
      name,
      `is ${text.length} characters long as JSON, and may be ${maxSettingLength}`,
    );
  }
  return text;
}

function invalid(name: string, why: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `the setting ${name} ${why}`, { field: name });
}
