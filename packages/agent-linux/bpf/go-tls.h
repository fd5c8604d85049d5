/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Go's crypto/tls. Nothing may run where a function of Go returns, since Go moves its stacks; but what its library is
 * given it takes, or the connection is over. The packet goes out before Write returns, as a rule on the same thread.
 */
#ifndef GO_TLS_H
#define GO_TLS_H

#include "tls-write.h"

/* How Go passes arguments, since 1.17, on arm64 since 1.18. */
#if defined(__TARGET_ARCH_x86)
#define GO_FIRST_ARGUMENT(registers) ((registers)->ax)
#define GO_SECOND_ARGUMENT(registers) ((registers)->bx)
#define GO_THIRD_ARGUMENT(registers) ((registers)->cx)
#elif defined(__TARGET_ARCH_arm64)
#define GO_FIRST_ARGUMENT(registers) ((registers)->regs[0])
#define GO_SECOND_ARGUMENT(registers) ((registers)->regs[1])
#define GO_THIRD_ARGUMENT(registers) ((registers)->regs[2])
#endif

SEC("uprobe/crypto/tls.(*Conn).Write")
int on_go_tls_write(struct pt_regs *registers)
{
	struct tls_write write = {
		.session = GO_FIRST_ARGUMENT(registers),
		.text = GO_SECOND_ARGUMENT(registers),
		.length = GO_THIRD_ARGUMENT(registers),
		.first_record = GO_FIRST_RECORD,
	};
	if (!write.length || !in_scope())
		return 0;
	enum text_start begins = read_start(write.text, write.length);
	if (begin_tls_write(&write, begins))
		end_tls_write(&write, write.length, begins);
	return 0;
}

SEC("uprobe/crypto/tls.(*Conn).Close")
int on_go_tls_close(struct pt_regs *registers)
{
	end_tls_session(GO_FIRST_ARGUMENT(registers));
	return 0;
}

#endif
