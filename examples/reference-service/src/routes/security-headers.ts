import { secureHeaders } from "hono/secure-headers";

/** Pages run no script, load nothing from elsewhere and stand in nobody's frame. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: "DENY",
  referrerPolicy: "no-referrer",
  // The service itself speaks plain HTTP; TLS is its proxy's business.
  strictTransportSecurity: false,
});
