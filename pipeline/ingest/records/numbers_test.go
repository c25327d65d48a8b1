package records

import "testing"

func TestNumbersShownAsDatesAndTimes(t *testing.T) {
	for _, test := range []struct {
		v      float64
		shown  NumberStyle
		from04 bool
		want   string
	}{
		{45351, DateNumber, false, "2024-02-29"},
		{45351.5, MomentNumber, false, "2024-02-29T12:00:00"},
		{45291.999994212964, MomentNumber, false, "2023-12-31T23:59:59.5"}, // not rounded into the next year
		{45291.9999942130, MomentNumber, false, "2023-12-31T23:59:59.5"},   // with 15 digits
		{45293.1278240741, MomentNumber, false, "2024-01-02T03:04:04"},     // a whole second, with 15 digits
		{43831.1278240741, MomentNumber, true, "2024-01-02T03:04:04"},
		{0.25, TimeNumber, false, "06:00:00"},
		{0.2500115740740741, TimeNumber, false, "06:00:01"},
		{60, DateNumber, false, "60"}, // 29 February 1900, which was not
		{1, DateNumber, false, "1900-01-01"},
	} {
		if got := NumberText(test.v, test.shown, test.from04); got != test.want {
			t.Errorf("%v, style %d, from 1904 %v: got %s, want %s", test.v, test.shown, test.from04, got, test.want)
		}
	}
}
