#include "go_asm.h"
#include "textflag.h"

// func sortBlocks(w *Window, blocks int, before uint64)
TEXT ·sortBlocks(SB), NOSPLIT, $0-24
	MOVQ w+0(FP), DI
	MOVQ blocks+8(FP), CX
	MOVQ before+16(FP), R8
	MOVL $0x30, AX
	VMOVD AX, X15
	VPBROADCASTB X15, Y15
	MOVL $const_Fill, AX
	VMOVD AX, X14
	VPBROADCASTB X14, Y14
	MOVL $const_Ideographs, AX
	VMOVD AX, X13
	VPBROADCASTB X13, Y13
	MOVQ DI, SI

blocks:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPMAXUB Y15, Y0, Y2
	VPMAXUB Y15, Y1, Y3
	VPCMPEQB Y2, Y0, Y2
	VPCMPEQB Y3, Y1, Y3
	VPCMPEQB Y14, Y0, Y4
	VPCMPEQB Y14, Y1, Y5
	VPCMPEQB Y13, Y0, Y0
	VPCMPEQB Y13, Y1, Y1
	VPMOVMSKB Y0, AX
	VPMOVMSKB Y1, DX
	SHLQ $32, DX
	ORQ  DX, AX   // ideographs
	VPMOVMSKB Y2, R9
	VPMOVMSKB Y3, R10
	VPMOVMSKB Y4, R11
	VPMOVMSKB Y5, R12
	SHLQ $32, R10
	ORQ  R10, R9  // letters
	SHLQ $32, R12
	ORQ  R12, R11 // fills
	LEAQ (R8)(R9*2), R10
	ANDQ R11, R10
	ADDQ R11, R10
	ANDNQ R11, R10, R10
	ORQ  R9, R10  // words
	LEAQ (R8)(R10*2), R12
	ORQ  R9, R11
	NOTQ R11
	ANDQ R12, R11
	ORQ  R9, R11
	ORQ  AX, R11  // kept
	ANDNQ R9, R12, R12
	MOVQ R10, Window_words(DI)
	MOVQ R11, Window_kept(DI)
	MOVQ R12, Window_starts(DI)
	MOVQ R10, R8
	SHRQ $63, R8
	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNE  blocks
	VZEROUPPER
	RET

// Eight bytes more of a place: those that are kept of them go to R8.
#define EIGHT(from) \
	MOVBLZX R9, R13                          \
	SHRL    $8, R9                           \
	VMOVQ   from(DI)(DX*1), X0               \
	VMOVQ   Firsts_packed(BX)(R13*8), X1     \
	VPSHUFB X1, X0, X0                       \
	VMOVQ   X0, (R8)                         \
	POPCNTL R13, R13                         \
	ADDQ    R13, R8

// func packSigns(w *Window, f *Firsts, places *uint16, n int, out *Signs)
TEXT ·packSigns(SB), NOSPLIT, $0-40
	MOVQ w+0(FP), DI
	MOVQ f+8(FP), BX
	MOVQ places+16(FP), SI
	MOVQ n+24(FP), CX
	MOVQ out+32(FP), R10
	VPXOR Y2, Y2, Y2

place:
	MOVWLZX (SI), DX
	MOVL   DX, R13
	SHRL   $3, R13
	MOVL   DX, R15
	ANDL   $7, R15
	MOVQ   Window_kept(DI)(R13*1), R9
	SHRXQ  R15, R9, R9
	VMOVDQU Y2, (R10)
	MOVQ   R10, R8
	EIGHT(0)
	EIGHT(8)
	EIGHT(16)
	EIGHT(24)
	ADDQ   $2, SI
	ADDQ   $32, R10
	DECQ   CX
	JNE    place
	VZEROUPPER
	RET
