/** Where the guest's servers listen, and where nobody does. */
export const ports = { tcp: 4000, web: 4001, udp: 4002, foreign: 4003, closed: 4009 } as const;
export const resolver = "127.0.0.53";
