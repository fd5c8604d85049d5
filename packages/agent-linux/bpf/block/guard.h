/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the policy remembers of a socket. */
#ifndef BLOCK_GUARD_H
#define BLOCK_GUARD_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "../cgroup.h"
#include "../lost.h"
#include "policy.h"

struct guard {
	bool accepted; /* a connection that came from outside: its answers are not calls */
	bool asks; /* has a believed resolver at its other end */
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct guard);
} guards SEC(".maps");

static __always_inline struct guard *find_guard(struct bpf_sock *sk)
{
	return bpf_sk_storage_get(&guards, sk, 0, 0);
}

static __always_inline struct guard *remember_guard(struct bpf_sock *sk)
{
	struct guard *guard = bpf_sk_storage_get(&guards, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!guard)
		count_lost(LOST_SOCKET_STORAGE);
	return guard;
}

/* Whose own end has a resolver's address: what it says would be believed. */
static __always_inline bool is_at_resolver(struct sock *sk)
{
	__u16 family = sk->__sk_common.skc_family;
	__u32 address[4] = {};
	if (family == AF_INET6)
		BPF_CORE_READ_INTO(&address, sk, __sk_common.skc_v6_rcv_saddr);
	else
		address[0] = sk->__sk_common.skc_rcv_saddr;
	struct endpoint end;
	endpoint_of(&end, address, family, sk->__sk_common.skc_num);
	return is_resolver(&end);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(block_accept, struct sock *sk, int before, int after)
{
	if (before != TCP_SYN_RECV || after != TCP_ESTABLISHED)
		return 0;
	if (!cgroup_in_scope(BPF_CORE_READ(sk, sk_cgrp_data.cgroup)) || is_at_resolver(sk))
		return 0;
	struct guard *guard = bpf_sk_storage_get(&guards, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (guard)
		guard->accepted = true;
	else
		count_lost(LOST_SOCKET_STORAGE);
	return 0;
}

#endif
