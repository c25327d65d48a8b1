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
