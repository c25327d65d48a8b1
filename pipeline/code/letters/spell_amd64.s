#include "textflag.h"

DATA ascii<>+0(SB)/8, $0x09301961C07F3F20
GLOBL ascii<>(SB), RODATA, $8

// The first bytes, 32 times each.
DATA first<>+0(SB)/8, $0xC3C3C3C3C3C3C3C3
DATA first<>+8(SB)/8, $0xC3C3C3C3C3C3C3C3
DATA first<>+16(SB)/8, $0xC3C3C3C3C3C3C3C3
DATA first<>+24(SB)/8, $0xC3C3C3C3C3C3C3C3
DATA first<>+32(SB)/8, $0xD0D0D0D0D0D0D0D0
DATA first<>+40(SB)/8, $0xD0D0D0D0D0D0D0D0
DATA first<>+48(SB)/8, $0xD0D0D0D0D0D0D0D0
DATA first<>+56(SB)/8, $0xD0D0D0D0D0D0D0D0
DATA first<>+64(SB)/8, $0xD1D1D1D1D1D1D1D1
DATA first<>+72(SB)/8, $0xD1D1D1D1D1D1D1D1
DATA first<>+80(SB)/8, $0xD1D1D1D1D1D1D1D1
DATA first<>+88(SB)/8, $0xD1D1D1D1D1D1D1D1
DATA first<>+96(SB)/8, $0xD8D8D8D8D8D8D8D8
DATA first<>+104(SB)/8, $0xD8D8D8D8D8D8D8D8
DATA first<>+112(SB)/8, $0xD8D8D8D8D8D8D8D8
DATA first<>+120(SB)/8, $0xD8D8D8D8D8D8D8D8
DATA first<>+128(SB)/8, $0xD9D9D9D9D9D9D9D9
DATA first<>+136(SB)/8, $0xD9D9D9D9D9D9D9D9
DATA first<>+144(SB)/8, $0xD9D9D9D9D9D9D9D9
DATA first<>+152(SB)/8, $0xD9D9D9D9D9D9D9D9
GLOBL first<>(SB), RODATA, $160

// What stands for a rune of two bytes whose first is lead: of the 64 bytes at
// table, the one that Y2 names, chosen by its fifth bit in Y3 and sixth in Y4.
#define LEAD(table, past) \
	VPCMPEQB first<>+(table/2)(SB), Y0, Y5 \
	VPMOVMSKB Y5, DX              \
	TESTL DX, DX                  \
	JEQ past                      \
	ORL DX, R10                   \
	VBROADCASTI128 table+0(R8), Y6  \
	VPSHUFB Y2, Y6, Y6            \
	VBROADCASTI128 table+16(R8), Y7 \
	VPSHUFB Y2, Y7, Y7            \
	VPBLENDVB Y3, Y7, Y6, Y6      \
	VBROADCASTI128 table+32(R8), Y7 \
	VPSHUFB Y2, Y7, Y7            \
	VBROADCASTI128 table+48(R8), Y8 \
	VPSHUFB Y2, Y8, Y8            \
	VPBLENDVB Y3, Y8, Y7, Y7      \
	VPBLENDVB Y4, Y7, Y6, Y6      \
	VPBLENDVB Y5, Y6, Y1, Y1

// func spellBlocks(dst, src *byte, n int, leads *[5][64]byte) int
TEXT ·spellBlocks(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ leads+24(FP), R8
	XORL AX, AX
	VPBROADCASTB ascii<>+0(SB), Y15 // 0x20
	VPBROADCASTB ascii<>+1(SB), Y10 // 0x3F
	VPBROADCASTB ascii<>+3(SB), Y9  // 0xC0
	VPBROADCASTB ascii<>+4(SB), Y14 // 'a'
	VPBROADCASTB ascii<>+5(SB), Y13 // 25
	VPBROADCASTB ascii<>+6(SB), Y12 // '0'
	VPBROADCASTB ascii<>+7(SB), Y11 // 9

blocks:
	CMPQ CX, $32
	JLT  done
	VMOVDQU (SI), Y0

	// Small letters and digits as they are, spaces for the rest of ASCII.
	VPOR     Y15, Y0, Y1
	VPSUBB   Y14, Y1, Y2
	VPMINUB  Y13, Y2, Y3
	VPCMPEQB Y2, Y3, Y2
	VPSUBB   Y12, Y0, Y3
	VPMINUB  Y11, Y3, Y4
	VPCMPEQB Y3, Y4, Y3
	VPOR     Y2, Y3, Y2
	VPAND    Y1, Y2, Y1
	VPOR     Y15, Y1, Y1
	VPMOVMSKB Y0, R9
	TESTL    R9, R9
	JNE      beyond
	VMOVDQU  Y1, (DI)
	ADDQ     $32, SI
	ADDQ     $32, DI
	ADDQ     $32, AX
	SUBQ     $32, CX
	JMP      blocks

beyond:
	// The byte that follows each, without its two highest bits.
	VPERM2I128 $0x81, Y0, Y0, Y2
	VPALIGNR $1, Y0, Y2, Y2
	VPAND    Y10, Y2, Y2
	VPSLLW   $3, Y2, Y3
	VPSLLW   $2, Y2, Y4
	XORL     R10, R10 // first bytes that are known
	LEAD(0, d0)
d0:
	LEAD(64, d1)
d1:
	LEAD(128, d8)
d8:
	LEAD(192, d9)
d9:
	LEAD(256, second)
second:
	VPCMPGTB  Y0, Y9, Y5
	VPMOVMSKB Y5, R11 // second bytes
	VPABSB    Y5, Y6  // Fill
	VPBLENDVB Y5, Y6, Y1, Y1
	VMOVDQU   Y1, (DI)
	VPBROADCASTB ascii<>+2(SB), Y6 // Unknown
	VPCMPEQB  Y6, Y1, Y6
	VPMOVMSKB Y6, R12

	// What is not known: other bytes, a first without a second, a second without
	// a first, what is Unknown.
	MOVL  R10, R13
	ORL   R11, R13
	ANDNL R9, R13, R13
	ORL   R13, R12
	MOVL  R11, R13
	SHRL  $1, R13
	ANDNL R10, R13, R13
	ORL   R13, R12
	MOVL  R10, R13
	SHLL  $1, R13
	ANDNL R11, R13, R13
	ORL   R13, R12
	TZCNTL R12, R12
	ADDQ  R12, SI
	ADDQ  R12, DI
	ADDQ  R12, AX
	SUBQ  R12, CX
	CMPL  R12, $31
	JGE   blocks

done:
	VZEROUPPER
	MOVQ AX, ret+32(FP)
	RET
