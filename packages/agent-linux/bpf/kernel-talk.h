/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the kernel says by itself, through raw sockets of its own. Those of a network namespace count to the cgroup of
 * whoever made it. Its sockets have no file; what a packet says of itself, a process may have written.
 */
#ifndef KERNEL_TALK_H
#define KERNEL_TALK_H

#include <bpf/bpf_core_read.h>
#include "packet.h"

enum { IPPROTO_ICMPV6 = 58 };
enum { FIRST_LINK_TALK = 130, LAST_LINK_TALK = 136, GROUP_REPORT = 143 };

static __always_inline bool has_no_file(void *sk)
{
	/* The verifier lets nobody add to a pointer to a socket, but a copy of it is a number. */
	struct sock *copy = NULL;
	bpf_probe_read_kernel(&copy, sizeof(copy), &sk);
	struct socket *opened = BPF_CORE_READ(copy, sk_socket);
	return opened && !BPF_CORE_READ(opened, file);
}

/* The answer to a stranger's segment. */
static __always_inline bool is_kernel_answer(struct bpf_sock *sk, const struct packet *packet)
{
	return sk->type == SOCK_RAW && sk->protocol == IPPROTO_TCP &&
	       packet->tcp_flags & (TCP_FLAG_ACK | TCP_FLAG_RST) && has_no_file(sk);
}

/* To neighbours and about groups (RFC 4861, 2710, 3810): without it there is no IPv6 on a link. */
static __always_inline bool is_link_talk(struct __sk_buff *skb, struct bpf_sock *sk, const struct packet *packet)
{
	__u8 type = 0;
	if (sk->type != SOCK_RAW || packet->protocol != IPPROTO_ICMPV6 || packet->family != AF_INET6 ||
	    bpf_skb_load_bytes(skb, packet->payload, &type, sizeof(type)))
		return false;
	return ((type >= FIRST_LINK_TALK && type <= LAST_LINK_TALK) || type == GROUP_REPORT) && has_no_file(sk);
}

#endif
