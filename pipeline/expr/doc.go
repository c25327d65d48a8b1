// Package expr is the expression language of XLSForm: the part of XPath 1.0,
// with the functions of ODK, in which a form says when an item is asked
// (relevant), what an answer must satisfy (constraint) and how an item is
// calculated. Derived items and cleaning rules are written in it too.
//
// An expression is parsed once, bound once to the slots in which the answers to
// its items are found, and evaluated for each response. What the language does
// not have here is refused by name when it is parsed. Evaluation never fails:
//
//   - ${name} and the paths ../name and /form/group/name are the same item: names
//     are not given twice, so the groups on the way do not matter. A path that
//     ends at no item of the form, and any other, is refused.
//   - An item of the row's own repeat is the row's own answer, in sum(${name}) too;
//     from outside it is the answers of all rows.
//   - A missing answer is the empty text. As a number it is NaN, as a truth false.
//   - = and != compare as truths when a side is a truth, else as numbers when a
//     side is a number or a date, else as texts: ${a} = '3' compares texts when
//     the answer is a text or a choice, numbers when the item holds numbers. Two
//     numbers are equal when they differ by less than 1e-12, as ODK Collect has
//     it, so that 0.1 + 0.2 = 0.3 holds.
//   - != is the opposite of =, so ${a} != 5 holds where the answer is missing.
//   - < <= > >= compare numbers, whatever the sides are; with NaN none holds.
//   - A text is a number when it is written with digits, a point and a minus in
//     front. Exponents, a plus and a decimal comma make NaN (ODK Collect reads
//     the comma, Enketo does not; read it, and "1,000" would be one).
//   - A text that is an ISO 8601 date is, as a number, days since 1970-01-01, as
//     in Enketo, so that a date can be compared with today() however it is kept.
//     Times count as the clock on the wall showed them; offsets from UTC are left
//     aside, so that nothing depends on a time zone.
//   - A number is true unless it is 0 or NaN, a text unless it is empty, choices
//     unless there are none, a date always: the text '0' and the text 'false'
//     are true.
//   - Choices are, as a text, their names with a space between, in their order.
//   - selected() of the empty name holds where the answer is missing, as ODK has it.
//   - once(x) is x where it is evaluated anew. On the device it is x as it was when
//     it was first worked out: that is the answer that was kept, which therefore
//     stands, and is never worked out again.
//   - Texts are measured in characters, not in bytes or UTF-16 units.
//   - sum(), min() and max() leave out what is no number; of nothing, sum() is
//     0, min() and max() are NaN.
//   - and, or, if() and coalesce() evaluate no more than they need.
package expr
