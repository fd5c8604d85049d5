export { mlIsolationForestScorer } from "./ml-isolation-forest-scorer.js";
