/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Where a call was to go, as connect(2) or sendmsg(2) were told. */
#ifndef DESTINATION_H
#define DESTINATION_H

#include <bpf/bpf_endian.h>
#include "socket.h"

#define LOOPBACK 0x7f000001

/* Calling the unspecified address means calling the machine itself (ip(7)). */
static __always_inline void wanted_destination(struct destination *destination, struct bpf_sock_addr *address, bool v6)
{
	__builtin_memset(destination, 0, sizeof(*destination));
	destination->protocol = address->protocol;
	destination->port = bpf_ntohs((__u16)address->user_port);
	if (!v6) {
		destination->family = AF_INET;
		destination->address[0] = address->user_ip4 ?: bpf_htonl(LOOPBACK);
		return;
	}
	__u32 first = address->user_ip6[0], second = address->user_ip6[1];
	__u32 third = address->user_ip6[2], fourth = address->user_ip6[3];
	if (first == 0 && second == 0 && third == bpf_htonl(0xffff)) { /* ::ffff:192.0.2.1 */
		destination->family = AF_INET;
		destination->address[0] = fourth;
		return;
	}
	destination->family = AF_INET6;
	destination->address[0] = first;
	destination->address[1] = second;
	destination->address[2] = third;
	destination->address[3] = first | second | third | fourth ? fourth : bpf_htonl(1);
}

#endif
