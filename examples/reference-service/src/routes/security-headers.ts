import { secureHeaders } from "hono/secure-headers";

/** Pages run the one script that the service brings, load nothing from elsewhere and stand in nobody's frame. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    connectSrc: ["'self'"],
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
