/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The functions by which programs give a TLS library what it is to encrypt. A write is told when the library has taken
 * it, so that one tried again is told once.
 */
#ifndef TLS_WRITE_H
#define TLS_WRITE_H

#include "scope.h"
#include "tls-text.h"

static __always_inline int begin_tls_write(__u64 session, __u64 text, __u64 length, __u64 written)
{
	if (!length || !in_scope())
		return 0;
	__u8 start[32] = {};
	read_start(start, text, length);
	struct tls_key key;
	tls_key(&key, session);
	__u64 thread = bpf_get_current_pid_tgid();
	if (!starts_request(start) && !starts_preface(start)) {
		struct tls_session *state = bpf_map_lookup_elem(&tls_sessions, &key);
		if (!state || !(state->is_http2 || state->to_capture)) {
			struct tls_write *earlier = bpf_map_lookup_elem(&tls_writes, &thread);
			if (earlier && earlier->session != session)
				bpf_map_delete_elem(&tls_writes, &thread);
			return 0;
		}
	}
	struct tls_write write = { .session = session, .text = text, .length = length, .written = written };
	if (bpf_map_update_elem(&tls_writes, &thread, &write, BPF_ANY))
		count_lost(LOST_TLS_SESSION);
	return 0;
}

static __always_inline void end_tls_write(struct tls_write *write, __u64 length)
{
	struct tls_key key;
	tls_key(&key, write->session);
	struct text_copy copy = { .session = write->session, .text = write->text, .length = length };
	copy.state = remember_tls_session(&key);
	if (!copy.state)
		return;
	__u8 start[32] = {};
	read_start(start, write->text, length);
	bool preface = !copy.state->is_http2 && starts_preface(start);
	if (preface || copy.state->is_http2)
		tell_http2(&copy, preface);
	else
		tell_http1(&copy, starts_request(start));
}

/* Also gnutls_record_send(3). */
SEC("uprobe/SSL_write")
int on_tls_write(struct pt_regs *registers)
{
	return begin_tls_write(FIRST_ARGUMENT(registers), SECOND_ARGUMENT(registers), (__u32)THIRD_ARGUMENT(registers), 0);
}

SEC("uprobe/SSL_write_ex")
int on_tls_write_ex(struct pt_regs *registers)
{
	return begin_tls_write(FIRST_ARGUMENT(registers), SECOND_ARGUMENT(registers), THIRD_ARGUMENT(registers),
			       FOURTH_ARGUMENT(registers));
}

SEC("uretprobe/SSL_write")
int on_tls_written(struct pt_regs *registers)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct tls_write *write = bpf_map_lookup_elem(&tls_writes, &thread);
	if (!write || !write->text)
		return 0;
	__s64 taken = (__s32)RETURN_VALUE(registers);
	__u64 reported = 0;
	if (write->written) {
		taken = taken == 1 && !bpf_probe_read_user(&reported, sizeof(reported), (void *)write->written) ? reported : 0;
	}
	if (taken > 0)
		end_tls_write(write, taken);
	/* What was taken may be sent after this; what was refused comes again. */
	write->text = 0;
	if (taken <= 0)
		bpf_map_delete_elem(&tls_writes, &thread);
	return 0;
}

/* Also gnutls_deinit(3). Another session may get the same pointer. */
SEC("uprobe/SSL_free")
int on_tls_free(struct pt_regs *registers)
{
	if (!in_scope())
		return 0;
	struct tls_key key;
	tls_key(&key, FIRST_ARGUMENT(registers));
	if (bpf_map_delete_elem(&tls_sessions, &key))
		return 0;
	struct record_tls_end *record = reserve_record(RECORD_TLS_END, sizeof(*record));
	if (!record)
		return 0;
	struct owner owner;
	current_owner(&owner);
	fill_header(&record->header, RECORD_TLS_END, sizeof(*record), &owner);
	record->session = key.session;
	submit_record(record);
	return 0;
}

#endif
