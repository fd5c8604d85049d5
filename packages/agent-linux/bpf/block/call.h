/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Denies a call when it begins. Attached after capture's programs, which have told of it by then. Connecting a UDP
 * socket sends nothing and is let through: getaddrinfo(3) does it to sort addresses, and its packets are judged.
 */
#ifndef BLOCK_CALL_H
#define BLOCK_CALL_H

#include "blocked.h"
#include "guard.h"
#include "policy.h"

static __always_inline void note_asking(struct bpf_sock_addr *address, const struct destination *destination)
{
	struct endpoint endpoint;
	endpoint_of(&endpoint, destination->address, destination->family, destination->port);
	struct policy_settings *policy = policy_settings();
	if (!policy || !is_resolver(&endpoint) || bpf_get_netns_cookie(address) != policy->network)
		return;
	struct guard *guard = remember_guard(address->sk);
	if (guard)
		guard->asks = true;
}

static __always_inline int judge_address(struct bpf_sock_addr *address, bool v6, bool sends)
{
	if (!address->sk)
		return 0;
	struct blocked_call call = {};
	wanted_destination(&call.destination, address, v6);
	if (call.destination.port == PORT_OF_RESOLVERS)
		note_asking(address, &call.destination);
	if (!sends) {
		if (is_udp(address->protocol))
			return 1;
		struct guard *guard = find_guard(address->sk);
		if (guard)
			guard->accepted = false; /* it was disconnected, and calls out now */
	}
	if (judge_destination(&call.destination) != DENIED)
		return 1;
	call.sk = address->sk;
	call.cookie = bpf_get_socket_cookie(address);
	call.socket = find_socket(address->sk);
	if (call.socket)
		call.generation = sends ? generation_to(call.socket, &call.destination) : call.socket->generation;
	if (!sends || !is_told(&call))
		tell_blocked(&call);
	return 0;
}

SEC("cgroup/connect4")
int block_connect4(struct bpf_sock_addr *address)
{
	return judge_address(address, false, false);
}

SEC("cgroup/connect6")
int block_connect6(struct bpf_sock_addr *address)
{
	return judge_address(address, true, false);
}

SEC("cgroup/sendmsg4")
int block_sendmsg4(struct bpf_sock_addr *address)
{
	return judge_address(address, false, true);
}

SEC("cgroup/sendmsg6")
int block_sendmsg6(struct bpf_sock_addr *address)
{
	return judge_address(address, true, true);
}

#endif
