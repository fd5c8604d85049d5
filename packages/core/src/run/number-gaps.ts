/** Which numbers of a row that begins with 1 have not come yet. */
export interface NumberGaps {
  arrived(number: number): void;
  /** Every number up to this one was given out. */
  givenOut(upTo: number): void;
  readonly missing: number;
}

/** Past this many gaps the oldest can no longer be filled: what is missing there stays missing. */
const maxGaps = 1_000;

export function numberGaps(): NumberGaps {
  /** First and last number of each, in order. */
  const gaps: [first: number, last: number][] = [];
  let next = 1;
  let missing = 0;

  const forget = () => {
    if (gaps.length > maxGaps) gaps.shift();
  };

  const expect = (upTo: number) => {
    if (upTo < next) return;
    gaps.push([next, upTo]);
    missing += upTo - next + 1;
    next = upTo + 1;
    forget();
  };

  const fill = (number: number) => {
    const place = gaps.findLastIndex(([first, last]) => first <= number && number <= last);
    const gap = gaps[place];
    if (gap === undefined) return;
    const parts: typeof gaps = [
      [gap[0], number - 1],
      [number + 1, gap[1]],
    ];
    gaps.splice(place, 1, ...parts.filter(([first, last]) => first <= last));
    missing -= 1;
    forget();
  };

  return {
    arrived(number) {
      if (number < next) return fill(number);
      expect(number - 1);
      next = number + 1;
    },
    givenOut: expect,
    get missing() {
      return missing;
    },
  };
}
