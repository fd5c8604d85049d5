/**
 * Writes a URL path the one way it is compared (RFC 3986, section 6.2.2): no percent sign where none is needed, no
 * dot segments, no empty segments in between. What a server takes for one path must not be two to us: `/a/%2e%2e/b`.
 */
export function normalizePath(path: string): string {
  const decoded = path.includes("%") ? decodeUnreserved(path) : path;
  const kept: string[] = [];
  const segments = decoded.split("/");
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === "..") kept.pop();
    else if (segment !== "." && segment !== "") kept.push(segment);
    if (isLast && (segment === "" || segment === "." || segment === "..")) kept.push("");
  }
  return `/${kept.join("/")}`;
}

function decodeUnreserved(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (written) => {
    const char = String.fromCharCode(Number.parseInt(written.slice(1), 16));
    return /[\w.~-]/.test(char) ? char : written.toLowerCase();
  });
}
