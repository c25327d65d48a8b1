#include "begins_amd64.h"

// Whether the word at place k of the signs in SI may be of the set: added to R14.
#define MAY(k) \
	VMOVDQU (SI)(k*1), X0                \
	VPMAXUB X15, X0, X1                  \
	VPCMPEQB X0, X1, X1                  \
	VPMOVMSKB X1, R13                    \
	NOTL    R13                          \
	TZCNTL  R13, R13                     \
	VMOVQ   X0, R9                       \
	MAYBEGIN(R9, R13, R8, R15)

// func findBehind(w *Window, f *Firsts, signs *Signs, n int) int
TEXT ·findBehind(SB), NOSPLIT, $0-40
	MOVQ w+0(FP), DI
	MOVQ f+8(FP), BX
	MOVQ signs+16(FP), SI
	MOVQ n+24(FP), CX
	LEAQ Window_behind(DI), AX
	LEAQ Window_aside(DI), R12
	MOVL $0x30, R8
	VMOVD R8, X15
	VPBROADCASTB X15, X15

word:
	XORL    R14, R14
	MOVBLZX const_certain(SI), R8
	CMPL    R8, $1
	ADCL    $0, R14                // 1 if there are too few signs to tell
	MOVBLZX (SI), R8
	MOVBLZX Firsts_aside(BX)(R8*1), R10
	ANDL    $const_conjunction, R10
	MOVBLZX (SI)(R10*1), R8        // the first letter behind a conjunction
	MOVBLZX Firsts_aside(BX)(R8*1), R11
	SHRL    $1, R11
	ANDL    $1, R11
	ADDL    R10, R11               // behind a preposition
	MOVWLZX (SI)(R11*1), R9
	MOVWLZX Firsts_article(BX), R13
	XORL    DX, DX
	CMPL    R9, R13
	SETEQ   DX
	SHRL    $8, R13
	MOVBLZX R9, R9
	CMPL    R9, R13
	SETEQ   R13
	CMPL    R9, R8
	SETEQ   R9
	ANDL    R9, R13
	MOVBLZX R13, R13
	LEAL    (R13)(DX*2), DX
	ADDL    R11, DX                // behind the article
	CMPL    DX, R11
	JEQ     prefixed
	MAY(DX)

prefixed:
	CMPL    R11, R10
	JEQ     conjoined
	MAY(R11)

conjoined:
	TESTL   R10, R10
	JEQ     noted
	MAY(R10)

noted:
	MOVWLZX (R12), R8
	MOVW    R8, (AX)
	XORL    R13, R13
	NEGL    R14
	ADCL    $0, R13
	LEAQ    (AX)(R13*2), AX
	ADDQ    $2, R12
	ADDQ    $32, SI
	DECQ    CX
	JNE     word
	LEAQ Window_behind(DI), DX
	SUBQ DX, AX
	SHRQ $1, AX
	MOVQ AX, ret+32(FP)
	VZEROUPPER
	RET

