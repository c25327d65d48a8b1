// Package protect withholds what could point to a respondent. It turns exact
// tables into a Safe, which is all that charts, reports, results files and the
// brief accept: a figure that did not pass through here cannot be drawn or
// written. The respondents are defenders of human rights; what is published
// about few of them is published about each.
//
// # What is withheld for what it says (primary)
//
// A cell is an unweighted number of respondents. With the threshold k
// (disclosure.threshold, 10 unless the analyst says otherwise, never under 5):
//   - counts of 1 to k-1: of a choice, of a base, of a reason for a missing answer;
//   - choices that all but 1 to k-1 made. Each option of several is a yes and a
//     no of its own;
//   - of sensitive items, and of countries, also what nobody or everybody said;
//   - shares and means on a base under 2k, and on an effective base (Kish 1965)
//     under 4, which bounds the weight of the weightiest respondent by half;
//   - means of scales that leave room for fewer than k respondents away from one
//     end;
//   - whole tables that set a sensitive item against a country or against who
//     the respondents are, an item against itself, or groups against groups that
//     are shown whole beside them.
//
// # What is withheld as cover (secondary)
//
// All counts of the tables of an item, its family, are one system (family.go,
// enter.go, means.go, links.go), with those of other families where they are the
// same or add up to each other: choices, options, nets, bases, sizes of groups,
// those in no group, sums of scores behind means, and what the form says of who
// was asked. An attacker is taken to know every published count exactly (a share
// and its base give it), and each published mean as far as it is rounded. The
// package suppress withholds more, the cheapest first, until every withheld
// count has a range of k at least (cover.go). Sizes of groups come first
// (splits.go): a group whose size is withheld is closed in every table.
//
// What cannot be covered is withheld whole. The result is attacked in the tests
// by linear programmes that share no code with it, over the full cross of the
// items of random surveys: no withheld figure may be known, and none that needs
// protection within a range narrower than k.
//
// # Between releases
//
// A table is shown with the answers of now only if each number of respondents
// that follows from it is the same as in each version of it and of its kin that
// was shown, or differs by k (held.go, heldfacts.go). Otherwise it stays as it
// was; one that was never shown is withheld whole. What a table withheld it goes
// on withholding (heldviews.go).
//
// # What stands beside it
//
// Quantiles, ratios, rankings, correlations, models and tests are no part of a
// family. A gate (gate.go, further.go, rankings.go, models.go, testgate.go)
// decides on each after the families: it is shown where it is made of figures
// that are shown, or where very different answers would give it too. Whatever
// no rule opens is withheld.
//
// # How figures are rounded
//
// Shares are whole percents on bases under 1,000 and have one decimal from
// there on. Means have one decimal, scores between 0 and 1 two. Intervals are
// rounded alike. Ratios, coefficients and what tests give have two decimals, p
// three. Standard errors, design effects and weighted counts are not
// published. There is one mark for everything withheld.
//
// # What is taken as known
//
// The number of respondents, and how many were asked an item and gave no answer
// that counts: readers need bases, and it says nothing of what was answered.
//
// # What is not guarded yet
//
//   - Links between items that neither the form's conditions on one item nor a
//     recode says.
//   - The weightiest respondents of a single cell: tables hold no largest weight.
//     A mean of numbers can be governed by one large number; tables hold no
//     largest value.
//   - Respondents who work together: each cell is protected against somebody who
//     knows the published figures, not against members of the cell who take
//     themselves out of it.
package protect
