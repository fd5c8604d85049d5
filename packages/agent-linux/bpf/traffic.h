/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Packets out and in: what a call says first, what a resolver answers, and calls that no connect announced. */
#ifndef TRAFFIC_H
#define TRAFFIC_H

#include "call.h"
#include "dns.h"
#include "http-start.h"
#include "kernel-talk.h"
#include "payload.h"
#include "quic.h"
#include "tls-session.h"

#define HELLO_SIZE 16384

/* What of UDP is looked into: the first packets of QUIC, and questions to resolvers. */
static __always_inline void tell_datagram(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet,
					  const struct destination *destination)
{
	__u8 start[DNS_HEADER_SIZE];
	if (packet->length < sizeof(start) || bpf_skb_load_bytes(skb, packet->payload, start, sizeof(start)))
		return;
	if (is_dns_port(destination->port) || starts_question(start))
		tell_question(skb, socket, packet, destination);
	else if (starts_quic(start))
		tell_quic(skb, socket, packet, destination);
}

/*
 * A packet of a socket that never went through a connect or sendmsg hook: raw and ICMP sockets, SCTP, a path of
 * Multipath TCP, a UDP socket connected before capture began.
 */
static __always_inline void unannounced_packet(struct __sk_buff *skb, struct bpf_sock *sk, struct socket_state *socket)
{
	/* Connections that were accepted are not calls. */
	if (sk->type == SOCK_STREAM && sk->protocol != IPPROTO_SCTP && sk->state != TCP_SYN_SENT)
		return;
	struct packet packet;
	if (read_packet(skb, &packet)) {
		count_lost(LOST_PACKET);
		return;
	}
	if (is_kernel_answer(sk, &packet) || is_link_talk(skb, sk, &packet))
		return;
	if (!socket) {
		socket = remember_socket(sk);
		if (!socket)
			return;
		current_owner(&socket->owner);
		socket->cookie = bpf_get_socket_cookie(skb);
	}
	socket->bytes_out += packet.length;
	socket->packets_out += 1;
	struct destination destination;
	packet_target(&destination, &packet);
	if (!begin_flow(socket, &destination))
		return;
	if (sk->type == SOCK_STREAM) {
		socket->destination = destination;
		socket->connected_generation = socket->generation;
		socket->to_capture = CAPTURED_PER_HEAD;
	}
	emit_call(socket, &destination, socket->generation, sk, packet.source_port);
	if (is_udp(packet.protocol))
		tell_datagram(skb, socket, &packet, &destination);
}

/* A UDP socket sends after its connect: the call begins. */
static __always_inline void end_silence(struct socket_state *socket, const struct destination *destination,
					struct bpf_sock *sk, __u16 source_port)
{
	/* Sent elsewhere, by address; unless another program on this machine rewrote the address of the connect. */
	if (!same_destination(destination, &socket->destination) && has_sent_to(socket, destination))
		return;
	socket->silent = false;
	current_owner(&socket->owner);
	emit_call(socket, destination, socket->connected_generation, sk, source_port);
}

static __always_inline void udp_out(struct __sk_buff *skb, struct bpf_sock *sk, struct socket_state *socket,
				    struct packet *packet)
{
	socket->bytes_out += packet->length;
	socket->packets_out += 1;
	struct destination destination;
	packet_target(&destination, packet);
	if (socket->silent)
		end_silence(socket, &destination, sk, packet->source_port);
	tell_datagram(skb, socket, packet, &destination);
}

/* A TLS record of type handshake that holds a ClientHello (RFC 8446, 5.1 and 4). */
static __always_inline bool starts_hello(const __u8 *bytes)
{
	return bytes[0] == 0x16 && bytes[1] == 3 && bytes[5] == 1;
}

static __always_inline __u32 hello_size(const __u8 *bytes)
{
	__u32 record = be16(bytes + 3);
	__u32 hello = 4 + ((__u32)bytes[6] << 16 | be16(bytes + 7));
	return hello <= record && hello < HELLO_SIZE ? 5 + hello : HELLO_SIZE; /* else it spans records */
}

static __always_inline void tcp_out(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet)
{
	if (!packet->length)
		return;
	bool first = !socket->sent_payload;
	if (!first && (__s32)(packet->sequence - socket->next_sequence) < 0)
		return; /* sent again */
	socket->sent_payload = true;
	socket->next_sequence = packet->sequence + packet->length;
	if (speaks_dns(socket)) {
		tell_questions(skb, socket, packet);
		return;
	}

	__u8 start[9] = {};
	__u16 flags = first ? PAYLOAD_BEGINS : 0;
	if (packet->length >= sizeof(start) && !bpf_skb_load_bytes(skb, packet->payload, start, sizeof(start))) {
		if (first && starts_question_stream(start, packet->length)) {
			socket->asks = true;
			tell_questions(skb, socket, packet);
			return;
		}
		link_tls_session(skb, socket, packet, start);
		if (starts_hello(start)) {
			flags = PAYLOAD_BEGINS;
			socket->to_capture = hello_size(start);
		} else if (starts_request(start)) {
			flags = PAYLOAD_BEGINS;
			socket->responses_due += 1;
			socket->to_capture = CAPTURED_PER_HEAD;
		} else if (first) {
			socket->to_capture = 0; /* another protocol: none of our business */
		}
	}
	if (!socket->to_capture)
		return;
	__u32 length = packet->length < socket->to_capture ? packet->length : socket->to_capture;
	socket->to_capture -= length;
	emit_payload(skb, socket, packet, length, flags);
}

SEC("cgroup_skb/egress")
int on_egress(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;
	sk = sk ? bpf_sk_fullsock(sk) : NULL;
	if (!sk)
		return 1;
	struct socket_state *socket = find_socket(sk);
	if (!socket || !(socket->connected_generation || is_udp(sk->protocol))) {
		unannounced_packet(skb, sk, socket);
		return 1;
	}
	struct packet packet;
	if (read_packet(skb, &packet)) {
		count_lost(LOST_PACKET);
		return 1;
	}
	if (packet.protocol == IPPROTO_TCP)
		tcp_out(skb, socket, &packet);
	else
		udp_out(skb, sk, socket, &packet);
	return 1;
}

static __always_inline void response_in(struct __sk_buff *skb, struct socket_state *socket, struct packet *packet)
{
	__u8 start[STATUS_LINE_SIZE];
	if (packet->length < sizeof(start) || bpf_skb_load_bytes(skb, packet->payload, start, sizeof(start)) ||
	    !starts_response(start))
		return;
	if (is_final_response(start))
		socket->responses_due -= 1;
	__u32 length = packet->length < CAPTURED_PER_RESPONSE ? packet->length : CAPTURED_PER_RESPONSE;
	emit_payload(skb, socket, packet, length, PAYLOAD_INBOUND | PAYLOAD_RESPONSE);
}

SEC("cgroup_skb/ingress")
int on_ingress(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;
	sk = sk ? bpf_sk_fullsock(sk) : NULL;
	if (!sk)
		return 1;
	struct socket_state *socket = find_socket(sk);
	if (!socket)
		return 1;
	bool is_dns = speaks_dns(socket);
	if (sk->protocol == IPPROTO_TCP && !is_dns && !socket->responses_due)
		return 1;
	struct packet packet;
	if (read_packet(skb, &packet)) {
		count_lost(LOST_PACKET);
		return 1;
	}
	if (packet.protocol == IPPROTO_TCP) {
		if (is_dns)
			tell_answers(skb, socket, &packet);
		else
			response_in(skb, socket, &packet);
		return 1;
	}
	socket->bytes_in += packet.length;
	socket->packets_in += 1;
	if (packet.length && is_udp(packet.protocol))
		tell_answer(skb, socket, &packet);
	return 1;
}

#endif
