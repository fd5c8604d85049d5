/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How requests were answered: the beginning of what a TLS library gives the program, on sessions with a request. */
#ifndef TLS_READ_H
#define TLS_READ_H

#include "tls-text.h"

/* The read that a thread is in. */
struct tls_read {
	__u64 session;
	__u64 text;
	__u64 given; /* where SSL_read_ex(3) says how much it gave */
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64); /* thread and process */
	__type(value, struct tls_read);
} tls_reads SEC(".maps");

static __always_inline int begin_tls_read(const struct tls_read *read)
{
	struct tls_key key;
	tls_key(&key, read->session);
	struct tls_session *state = bpf_map_lookup_elem(&tls_sessions, &key);
	if (!state || !(state->is_http2 || state->responses_due))
		return 0;
	__u64 thread = bpf_get_current_pid_tgid();
	if (bpf_map_update_elem(&tls_reads, &thread, read, BPF_ANY))
		count_lost(LOST_TLS_SESSION);
	return 0;
}

/* Also gnutls_record_recv(3). */
SEC("uprobe/SSL_read")
int on_tls_read(struct pt_regs *registers)
{
	struct tls_read read = { .session = FIRST_ARGUMENT(registers), .text = SECOND_ARGUMENT(registers) };
	return begin_tls_read(&read);
}

SEC("uprobe/SSL_read_ex")
int on_tls_read_ex(struct pt_regs *registers)
{
	struct tls_read read = {
		.session = FIRST_ARGUMENT(registers),
		.text = SECOND_ARGUMENT(registers),
		.given = FOURTH_ARGUMENT(registers),
	};
	return begin_tls_read(&read);
}

static __always_inline void tell_response(struct text_copy *copy, struct tls_session *state)
{
	__u8 start[32] = {};
	if (!state->responses_due || copy->length < STATUS_LINE_SIZE ||
	    bpf_probe_read_user(start, STATUS_LINE_SIZE, (void *)copy->text) || !starts_response(start))
		return;
	if (is_final_response(start))
		state->responses_due -= 1;
	tell_text(copy, copy->length < CAPTURED_PER_RESPONSE ? copy->length : CAPTURED_PER_RESPONSE);
}

static __always_inline void end_tls_read(const struct tls_read *read, __u64 length)
{
	struct tls_key key;
	tls_key(&key, read->session);
	struct tls_session *state = bpf_map_lookup_elem(&tls_sessions, &key);
	if (!state)
		return;
	struct text_copy copy = {
		.flow = &state->in,
		.session = read->session,
		.text = read->text,
		.length = length,
		.flags = TLS_TEXT_INBOUND,
	};
	if (!state->is_http2) {
		tell_response(&copy, state);
		return;
	}
	copy.flags |= TLS_TEXT_HTTP2;
	tell_frames(&copy);
}

SEC("uretprobe/SSL_read")
int on_tls_was_read(struct pt_regs *registers)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct tls_read *found = bpf_map_lookup_elem(&tls_reads, &thread);
	if (!found)
		return 0;
	struct tls_read read = *found;
	bpf_map_delete_elem(&tls_reads, &thread);
	__s64 given = (__s32)RETURN_VALUE(registers);
	__u64 reported = 0;
	if (read.given)
		given = given == 1 && !bpf_probe_read_user(&reported, sizeof(reported), (void *)read.given) ? reported : 0;
	if (given > 0)
		end_tls_read(&read, given);
	return 0;
}

#endif
