/** Learns what rows of numbers usually look like, and says of another row how far it stands alone. */
export interface OutlierScorer {
  /** Names what saved models are of: keep it stable. */
  readonly name: string;
  /**
   * Learns from rows of one length: at least one row, at least one number in it, all of them finite.
   *
   * The same rows in any order, with the same seed, give the same model, bit by bit, on every machine.
   *
   * @param seed a safe integer
   * @throws StraycallError CONFIG_INVALID naming the row (`rows[3]`, `rows[3][1]`)
   */
  fit(rows: readonly (readonly number[])[], seed: number): OutlierModel;
  /**
   * Loads what `save` gave. Saved text is not trusted: whatever it holds, this ends soon.
   *
   * @throws StraycallError CONFIG_INVALID for any other text
   */
  load(saved: string): OutlierModel;
}

/** What an {@link OutlierScorer} learned. It does not keep the rows, and does not change. */
export interface OutlierModel {
  /**
   * From 0 (ordinary) to 1 (alone).
   *
   * @throws StraycallError CONFIG_INVALID unless the row is as long as those learned, and finite
   */
  score(row: readonly number[]): number;
  /** The model as text; a model loaded from it gives the same scores, bit by bit. */
  save(): string;
}
