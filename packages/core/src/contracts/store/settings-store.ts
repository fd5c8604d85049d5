/** A stored setting and how often it was changed. */
export interface StoredSetting {
  /** 1 after the first change. */
  revision: number;
  /** Whatever JSON can hold. */
  value: unknown;
}

/** The longest setting as JSON, in UTF-16 units. */
export const maxSettingLength = 262_144;

/** What users set while the service runs: few names, small values. */
export interface SettingsStore {
  get(name: string): Promise<StoredSetting | undefined>;
  /**
   * Changes a setting in one transaction and answers with what was stored.
   *
   * `change` is given the newest, `undefined` if there is none, and may be called more than once. If it throws, nothing
   * has happened.
   *
   * @throws StraycallError CONFIG_INVALID if the value is longer than {@link maxSettingLength}, or is nothing
   */
  change(name: string, change: (value: unknown) => unknown): Promise<StoredSetting>;
}
