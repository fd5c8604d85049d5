import { maxSettingLength } from "../../contracts/store/settings-store.js";
import { expectEqual, expectRejection } from "./expect.js";
import type { StoreCase } from "./store-case.js";

export const settingCases: readonly StoreCase[] = [
  {
    name: "settings: a value is kept under its name, and its changes are counted",
    async run({ store, connect }) {
      const { settings } = store;
      expectEqual(await settings.get("pace"), undefined, "one that was never set");
      const seen: unknown[] = [];
      const first = await settings.change("pace", (before) => {
        seen.push(before);
        return { pace: "daily", hour: 7 };
      });
      expectEqual(first, { revision: 1, value: { pace: "daily", hour: 7 } }, "the first answer");
      await settings.change("pace", (before) => {
        seen.push(before);
        return null;
      });
      expectEqual(seen, [undefined, { pace: "daily", hour: 7 }], "what the changes were given");
      const other = await connect();
      expectEqual(await other.settings.get("pace"), { revision: 2, value: null }, "the setting");
      expectEqual(await other.settings.get("__proto__"), undefined, "another name");
    },
  },
  {
    name: "settings: of many changes at once none is lost",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (stores[i % 2] ?? store).settings.change("n", (before) => Number(before ?? 0) + 1),
        ),
      );
      expectEqual(await store.settings.get("n"), { revision: 20, value: 20 }, "the setting");
    },
  },
  {
    name: "settings: what is too long, nothing, or cannot be decided changes nothing",
    async run({ store }) {
      await store.settings.change("pace", () => "daily");
      const refused = [() => "x".repeat(maxSettingLength), () => undefined];
      for (const change of refused) {
        const changing = store.settings.change("pace", change);
        await expectRejection(changing, "the change", "CONFIG_INVALID");
      }
      const failing = store.settings.change("pace", () => {
        throw new Error("it cannot be decided");
      });
      await failing.catch(() => {});
      expectEqual(await store.settings.get("pace"), { revision: 1, value: "daily" }, "the setting");
    },
  },
];
