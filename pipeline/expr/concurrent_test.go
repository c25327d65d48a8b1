package expr

import (
	"sync"
	"testing"
)

func TestBoundIsSafeForConcurrentUse(t *testing.T) {
	a := one()
	a.set("digits", Text(`\d+`))
	a.set("letters", Text(`[a-z]+`))
	b := bind(t, "regex(., if(selected(${many}, 'a'), ${digits}, ${letters})) and concat(${n}, ${many}) = '7a b'", a.slot)
	other := one()
	other.names, other.values = a.names, append([]Value(nil), a.values...)
	other.values[2] = Choices([]string{"c"})
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 200 {
				if !b.True(a) || b.True(other) {
					t.Error("the answers of two responses are mixed")
					return
				}
			}
		})
	}
	wait.Wait()
}
