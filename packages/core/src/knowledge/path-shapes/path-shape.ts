/**
 * The paths of hosts that many share, as their documentation writes them.
 *
 * A shape is read segment by segment; the first of a host that fits is taken, and what follows it in the path stays
 * as it is.
 *
 * - `<tenant>` is whose part of the host it is.
 * - `<name>`, `<ref>`, `<file>` and any other word stand for what a tenant named.
 * - `<name...>` takes segments up to the literal that follows it, or all that are left; at least one.
 * - `*` is one segment that stays as it is, a version or a region.
 * - Text around a placeholder must be there too: `bot<tenant>:<secret>`.
 */
export interface SharedHosts {
  /** Exact names; a `*` label stands for any one label. */
  hosts: readonly string[];
  shapes: readonly string[];
  /** Which public document says so. */
  source: string;
}

/** A shape, ready to be matched. */
export type PathShape = readonly ShapeSegment[];

interface ShapeSegment {
  text: string;
  /** Takes several segments. */
  many: boolean;
  /** Matches one segment and captures what each placeholder stands for; `undefined` for a literal and `*`. */
  pattern?: RegExp;
  /** Which of the captures is the tenant. */
  tenantAt: number;
}

export interface ShapeMatch {
  tenant?: string;
  /** Segments of the path that the shape covers, masked. */
  masked: string[];
  /** How many segments of the path those are. */
  covered: number;
}

const placeholder = /<[a-z]+>/g;

export function compileShape(text: string): PathShape {
  return text.slice(1).split("/").map(compileSegment);
}

function compileSegment(written: string): ShapeSegment {
  const many = written.endsWith("...>");
  const text = many ? `${written.slice(0, -4)}>` : written;
  const placeholders: readonly string[] = text.match(placeholder) ?? [];
  if (placeholders.length === 0) return { text, many: false, tenantAt: -1 };
  const literals = text
    .split(placeholder)
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return {
    text,
    many,
    // At most two placeholders in a segment, with a literal between them: linear.
    pattern: new RegExp(`^${literals.join("(.+?)")}$`, "is"),
    tenantAt: placeholders.indexOf("<tenant>"),
  };
}

/** Fits a shape to the segments of a path; a path that ends early fits as far as it goes. */
export function matchShape(shape: PathShape, path: readonly string[]): ShapeMatch | undefined {
  const masked: string[] = [];
  let tenant: string | undefined;
  let at = 0;
  for (const [index, segment] of shape.entries()) {
    const given = path[at];
    if (given === undefined) break;
    if (segment.many) {
      const end = endOfMany(shape[index + 1]?.text, path, at);
      if (end === undefined) return undefined;
      masked.push(segment.text);
      at = end;
      continue;
    }
    const captures = matchSegment(segment, given);
    if (captures === undefined) return undefined;
    tenant ??= captures[segment.tenantAt];
    masked.push(segment.pattern || segment.text !== "*" ? segment.text : given);
    at += 1;
  }
  return { masked, covered: at, ...(tenant !== undefined && { tenant }) };
}

/** What the placeholders of a segment stand for; `undefined` where it does not fit. */
function matchSegment(segment: ShapeSegment, given: string): string[] | undefined {
  if (segment.pattern) return segment.pattern.exec(given)?.slice(1);
  const isSame = given.toLowerCase() === segment.text;
  return isSame || (segment.text === "*" && given !== "") ? [] : undefined;
}

function endOfMany(next: string | undefined, path: readonly string[], start: number) {
  if (next === undefined) return path.length;
  const end = path.indexOf(next, start + 1);
  return end < 0 ? undefined : end;
}
