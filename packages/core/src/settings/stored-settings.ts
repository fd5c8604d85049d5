import type { Logger } from "../contracts/logger.js";
import type { Store } from "../contracts/store.js";
import {
  changedSettings,
  type NotificationSettings,
  type NotificationSettingsChange,
} from "./notification-settings.js";

/** The notification settings that the store keeps. */
export interface StoredSettings {
  get(): Promise<NotificationSettings>;
  /** Throws CONFIG_INVALID naming the field. */
  change(change: NotificationSettingsChange, by: string): Promise<NotificationSettings>;
  /** Who changed them last, and when; `undefined` as long as they are the defaults. */
  lastChange(): Promise<{ by: string; at: number } | undefined>;
}

const settingName = "notifications";

interface Kept {
  settings: NotificationSettings;
  by: string;
  at: number;
}

export function storedSettings(
  { settings: store }: Pick<Store, "settings">,
  defaults: NotificationSettings,
  notifiers: readonly string[],
  { now, logger }: { now: () => number; logger: Logger },
): StoredSettings {
  /** A notifier that is gone since, or a field that is new, must not make what was set unreadable. */
  const settingsIn = (value: unknown): NotificationSettings => {
    if (value === undefined) return defaults;
    const { settings } = value as Kept;
    const names = settings.routes.flatMap((route) => route.notifiers);
    try {
      return changedSettings(defaults, settings, [...notifiers, ...names]);
    } catch (error) {
      logger.error({ err: error }, "the stored notification settings are unreadable");
      return defaults;
    }
  };

  return {
    get: async () => settingsIn((await store.get(settingName))?.value),
    async change(change, by) {
      const at = now();
      const { value } = await store.change(settingName, (before) => {
        const settings = changedSettings(settingsIn(before), change, notifiers);
        return { settings, by: by.slice(0, 200), at } satisfies Kept;
      });
      return settingsIn(value);
    },
    async lastChange() {
      const stored = (await store.get(settingName))?.value as Kept | undefined;
      return stored && { by: stored.by, at: stored.at };
    },
  };
}
