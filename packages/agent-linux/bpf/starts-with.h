/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#ifndef STARTS_WITH_H
#define STARTS_WITH_H

#include "kernel.h"

#define LONGEST_LITERAL 26

/*
 * Tells whether `bytes` start with a literal. The bound is a constant so that the loop unrolls and the literal becomes
 * immediates: the programs have no constant data.
 */
static __always_inline bool starts_with(const __u8 *bytes, const char *literal)
{
#pragma clang loop unroll(full)
	for (int i = 0; i < LONGEST_LITERAL; i++) {
		if (!literal[i])
			return true;
		if (bytes[i] != (__u8)literal[i])
			return false;
	}
	return false;
}

#endif
