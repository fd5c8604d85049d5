/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Judges every packet by where it really goes: raw and ICMP sockets, Multipath TCP, connected UDP, sockets from before
 * the start, and what the machine's own address translation made of a call.
 */
#ifndef BLOCK_TRAFFIC_H
#define BLOCK_TRAFFIC_H

#include "../kernel-talk.h"
#include "answer-stream.h"
#include "guard.h"
#include "question.h"

/* Answers under the name of a resolver would be believed; calls from elsewhere to the machine itself, answered. */
static __always_inline bool has_false_source(const struct packet *packet)
{
	struct endpoint source, target;
	endpoint_of(&source, (const __u32 *)packet->source, packet->family, packet->source_port);
	endpoint_of(&target, (const __u32 *)packet->target, packet->family, packet->target_port);
	return is_resolver(&source) || (is_loopback(&target) && !is_loopback(&source));
}

SEC("cgroup_skb/egress")
int block_egress(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;
	sk = sk ? bpf_sk_fullsock(sk) : NULL;
	if (!sk || (sk->type == SOCK_STREAM && sk->state == TCP_LISTEN))
		return 1;
	struct guard *guard = find_guard(sk);
	if (guard && guard->accepted)
		return 1;
	struct packet packet;
	if (read_packet(skb, &packet)) {
		count_lost(LOST_PACKET);
		return 0;
	}
	struct blocked_call call = {};
	packet_target(&call.destination, &packet);
	enum verdict verdict = has_false_source(&packet) ? DENIED : judge_destination(&call.destination);
	if (verdict == ALLOWED || is_link_talk(skb, sk, &packet))
		return 1;
	call.sk = sk;
	call.cookie = bpf_get_socket_cookie(skb);
	call.socket = find_socket(sk);
	if (call.socket)
		call.generation = generation_to(call.socket, &call.destination);
	if (verdict == QUESTIONS_ONLY)
		return may_pass_to_resolver(skb, &packet, &call);
	if (!is_kernel_answer(sk, &packet) && !is_told(&call))
		tell_blocked(&call);
	return 0;
}

SEC("cgroup_skb/ingress")
int block_ingress(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;
	sk = sk ? bpf_sk_fullsock(sk) : NULL;
	struct guard *guard = sk ? find_guard(sk) : NULL;
	if (!guard || !guard->asks)
		return 1;
	struct packet packet;
	if (read_packet(skb, &packet))
		return 1;
	struct endpoint source;
	endpoint_of(&source, (const __u32 *)packet.source, packet.family, packet.source_port);
	if (!is_resolver(&source))
		return 1;
	if (packet.protocol == IPPROTO_TCP)
		return learn_segment(skb, sk, &packet);
	if (packet.protocol == IPPROTO_UDP && packet.length)
		learn_datagram(skb, &packet);
	return 1;
}

#endif
