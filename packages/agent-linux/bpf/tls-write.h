/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The functions by which programs give a TLS library what it is to encrypt. A write is told when the library has taken
 * it, so that one tried again is told once.
 */
#ifndef TLS_WRITE_H
#define TLS_WRITE_H

#include "scope.h"
#include "tls-text.h"

/* Notes what is to be written if it may be told; forgets what was written before if that may be mistaken for it. */
static __always_inline bool begin_tls_write(struct tls_write *write, enum text_start begins)
{
	struct tls_key key;
	tls_key(&key, write->session);
	__u64 thread = bpf_get_current_pid_tgid();
	if (begins == STARTS_NOTHING) {
		struct tls_session *state = bpf_map_lookup_elem(&tls_sessions, &key);
		if (!state || !(state->is_http2 || state->to_capture)) {
			struct tls_write *earlier = bpf_map_lookup_elem(&tls_writes, &thread);
			if (earlier && earlier->session != write->session)
				bpf_map_delete_elem(&tls_writes, &thread);
			return false;
		}
	}
	if (bpf_map_update_elem(&tls_writes, &thread, write, BPF_ANY))
		count_lost(LOST_TLS_SESSION);
	return true;
}

static __always_inline void end_tls_write(const struct tls_write *write, __u64 length, enum text_start begins)
{
	struct tls_key key;
	tls_key(&key, write->session);
	struct text_copy copy = { .session = write->session, .text = write->text, .length = length };
	struct tls_session *state = remember_tls_session(&key);
	if (!state)
		return;
	copy.flow = &state->out;
	/* No frame looks like either: another connection, whose session got the pointer of one that nobody ended. */
	if (begins == STARTS_REQUEST && !state->out.frame_left && !state->out.garbled)
		state->is_http2 = false;
	if (begins == STARTS_HTTP2 || state->is_http2)
		tell_http2(&copy, state, begins == STARTS_HTTP2);
	else
		tell_http1(&copy, state, begins == STARTS_REQUEST);
}

/* Also gnutls_record_send(3). */
SEC("uprobe/SSL_write")
int on_tls_write(struct pt_regs *registers)
{
	struct tls_write write = {
		.session = FIRST_ARGUMENT(registers),
		.text = SECOND_ARGUMENT(registers),
		.length = (__u32)THIRD_ARGUMENT(registers),
		.first_record = TLS_RECORD_TEXT,
	};
	if (write.length && in_scope())
		begin_tls_write(&write, read_start(write.text, write.length));
	return 0;
}

SEC("uprobe/SSL_write_ex")
int on_tls_write_ex(struct pt_regs *registers)
{
	struct tls_write write = {
		.session = FIRST_ARGUMENT(registers),
		.text = SECOND_ARGUMENT(registers),
		.length = THIRD_ARGUMENT(registers),
		.written = FOURTH_ARGUMENT(registers),
		.first_record = TLS_RECORD_TEXT,
	};
	if (write.length && in_scope())
		begin_tls_write(&write, read_start(write.text, write.length));
	return 0;
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
		end_tls_write(write, taken, read_start(write->text, taken));
	/* What was taken may be sent after this; what was refused comes again. */
	write->text = 0;
	if (taken <= 0)
		bpf_map_delete_elem(&tls_writes, &thread);
	return 0;
}

static __always_inline void end_tls_session(__u64 session)
{
	if (!in_scope())
		return;
	struct tls_key key;
	tls_key(&key, session);
	if (bpf_map_delete_elem(&tls_sessions, &key))
		return;
	struct record_tls_end *record = reserve_record(RECORD_TLS_END, sizeof(*record));
	if (!record)
		return;
	struct owner owner;
	current_owner(&owner);
	fill_header(&record->header, RECORD_TLS_END, sizeof(*record), &owner);
	record->session = key.session;
	submit_record(record);
}

/* Also gnutls_deinit(3). Another session may get the same pointer. */
SEC("uprobe/SSL_free")
int on_tls_free(struct pt_regs *registers)
{
	end_tls_session(FIRST_ARGUMENT(registers));
	return 0;
}

#endif
