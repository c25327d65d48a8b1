#include "go_asm.h"
#include "textflag.h"

DATA mix<>+0(SB)/8, $const_mix
GLOBL mix<>(SB), RODATA, $8

// A bit is asked for: one of Firsts.begins, by the hash of key. It is added to R14;
// key and other are lost.
#define BEGINS(key, other) \
	IMULQ mix<>(SB), key                   \
	SHRQ  $(64-const_firstBits), key       \
	MOVL  key, other                       \
	SHRL  $6, other                        \
	MOVQ  Firsts_begins(BX)(other*8), other \
	BTQ   key, other                       \
	ADCB  $0, R14

// Whether a word of so many letters, that begins with signs, may be of the set: both
// its keys are asked for. Signs and the other two are lost.
#define MAYBEGIN(signs, letters, second, other) \
	MOVBLZX Firsts_second(BX)(letters*1), second \
	SHLXQ   second, signs, second                \
	ANDQ    Firsts_first(BX)(letters*8), signs   \
	ORQ     Firsts_length(BX)(letters*8), signs  \
	BEGINS(signs, other)                         \
	BEGINS(second, other)
