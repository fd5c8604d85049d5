export { localCiProvider } from "./local-ci-provider.js";
export type { LocalCiProviderOptions } from "./local-ci-provider-options.js";
