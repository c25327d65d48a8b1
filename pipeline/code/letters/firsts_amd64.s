#include "begins_amd64.h"

// The sixth of eight signs.
DATA lastSign<>+0(SB)/8, $0x0000FF0000000000
GLOBL lastSign<>(SB), RODATA, $8

// Whether the next word that begins in a block may be of the set: its place goes to
// DX, and R14 is not 0 if it may. R10 has where words begin, R8 where they do not go
// on, R9 what is kept, R11 where the block begins.
//
// First the letters of the word are counted, as bits. Then what is kept of 16 bytes
// is packed, eight and eight, and the first eight signs come to SI. A word that may go
// on behind what is known, or with too few signs to tell, counts as one of the set.
// Both its keys are asked for. Its place is noted in any case, and kept if it counts,
// since whether it does is what a processor cannot foresee.
#define WORD \
	TZCNTL R10, CX                         \
	BLSRL  R10, R10                        \
	LEAQ   (R11)(CX*1), DX                 \
	SHRXQ  CX, R8, R13                     \
	SHRXQ  CX, R9, SI                      \
	TZCNTQ R13, R13                        \
	CMPL   R13, $const_ahead               \
	SETCC  R14                             \
	BZHIQ  R13, SI, R13                    \
	POPCNTQ R13, R13                       \
	\
	VMOVDQU (DI)(DX*1), X0                 \
	MOVBLZX SI, CX                         \
	SHRL    $8, SI                         \
	MOVBLZX SI, SI                         \
	VMOVQ   Firsts_packed(BX)(CX*8), X1    \
	VPSHUFB X1, X0, X1                     \
	VPSRLDQ $8, X0, X0                     \
	VMOVQ   Firsts_packed(BX)(SI*8), X2    \
	VPSHUFB X2, X0, X2                     \
	VMOVQ   X1, SI                         \
	VMOVQ   X2, R15                        \
	MOVBLZX Firsts_moved(BX)(CX*1), CX     \
	SHLXQ   CX, R15, R15                   \
	SHLQ    $8, R15                        \
	ORQ     R15, SI                        \
	TESTQ   lastSign<>(SB), SI             \
	SETEQ   CX                             \
	ADDB    CX, R14                        \
	\
	MAYBEGIN(SI, R13, CX, R15)             \
	\
	MOVW    DX, (AX)                       \
	LEAQ    2(AX), R13                     \
	TESTB   R14, R14                       \
	CMOVQNE R13, AX

// func findWords(w *Window, f *Firsts, own int) (found, aside int)
TEXT ·findWords(SB), NOSPLIT, $0-40
	MOVQ w+0(FP), DI
	MOVQ f+8(FP), BX
	XORL R11, R11
	LEAQ Window_found(DI), AX
	LEAQ Window_aside(DI), R12
	MOVL $const_LowestAside, R8
	VMOVD R8, X15
	VPBROADCASTB X15, Y15

blocks:
	MOVQ own+16(FP), CX
	SUBQ R11, CX
	JLE  done
	MOVL $32, DX
	CMPQ CX, DX
	CMOVQGT DX, CX
	MOVQ R11, DX
	SHRQ $3, DX
	MOVL Window_starts(DI)(DX*1), R10
	BZHIL CX, R10, R10
	TESTL R10, R10
	JEQ  next
	MOVQ Window_words(DI)(DX*1), R8
	NOTQ R8
	MOVQ Window_kept(DI)(DX*1), R9
	VMOVDQU (DI)(R11*1), Y0
	VPMAXUB Y15, Y0, Y1
	VPCMPEQB Y1, Y0, Y0
	VPTEST Y0, Y0
	JNE  arabic

word:
	WORD
	TESTL R10, R10
	JNE  word

next:
	ADDQ $32, R11
	JMP  blocks

arabic:
	WORD
	MOVW    DX, (R12)
	MOVBLZX (DI)(DX*1), R15
	MOVBLZX Firsts_aside(BX)(R15*1), R15
	LEAQ    2(R12), R13
	TESTB   R14, R14
	CMOVQNE R12, R13 // not if it may
	TESTL   R15, R15
	CMOVQNE R13, R12
	TESTL   R10, R10
	JNE     arabic
	JMP     next

done:
	LEAQ Window_found(DI), DX
	SUBQ DX, AX
	SHRQ $1, AX
	MOVQ AX, found+24(FP)
	LEAQ Window_aside(DI), DX
	SUBQ DX, R12
	SHRQ $1, R12
	MOVQ R12, aside+32(FP)
	VZEROUPPER
	RET

