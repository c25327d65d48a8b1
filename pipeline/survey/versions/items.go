package versions

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// item compares two versions of an item.
func (c *comparing) item(now, old *survey.Item) {
	if !now.Type.HasAnswer() && !old.Type.HasAnswer() {
		return
	}
	if now.Type != old.Type && !widened(old.Type, now.Type) {
		c.change(TypeChanged, now.Name, "", string(old.Type), string(now.Type))
		c.refuse("type-between-versions", now.Name, "", fmt.Sprintf("The item %s was %s in %s and is %s in %s.", now.Name, old.Type, c.then.File, now.Type, c.today), "Give the item of today another name; both are kept then.")
		return
	}
	if c.levelOf(old) != c.now.Levels[now.Level].Name {
		c.change(LevelChanged, now.Name, "", c.levelOf(old), c.now.Levels[now.Level].Name)
		c.refuse("level-between-versions", now.Name, "", fmt.Sprintf("The item %s is asked at another level in %s than in %s: inside a repeat in one, outside in the other.", now.Name, c.then.File, c.today), "Give the item of today another name; both are kept then.")
		return
	}
	if now.Type != old.Type {
		c.change(TypeChanged, now.Name, "", string(old.Type), string(now.Type))
	}
	if !slices.Equal(now.Relevant, old.Relevant) {
		c.change(WhenAsked, now.Name, "", strings.Join(old.Relevant, " and "), strings.Join(now.Relevant, " and "))
	}
	c.itemLabel(now, old)
	if now.Type.HasChoices() {
		c.list(now, old)
	}
}

// widened reports whether answers of the one type are answers of the other.
func widened(from, to survey.Type) bool { return from == survey.Integer && to == survey.Decimal }

func (c *comparing) levelOf(old *survey.Item) string {
	name := c.then.Survey.Levels[old.Level].Name
	return name
}

// itemLabel notes that an item is worded otherwise; an item that has the words
// that another item had is refused.
func (c *comparing) itemLabel(now, old *survey.Item) {
	told := false
	for _, tag := range common(now.Label, old.Label) {
		was, is := fold(old.Label[tag]), fold(now.Label[tag])
		if was == is {
			continue
		}
		if !told {
			c.change(ItemReworded, now.Name, "", old.Label[tag], now.Label[tag])
		}
		for i := range c.now.Items {
			other := &c.now.Items[i]
			then, known := c.items[i]
			if other.Name == now.Name || !known || fold(other.Label[tag]) != was || fold(c.then.Survey.Items[then].Label[tag]) == was {
				continue
			}
			c.refuse("meaning-between-versions", now.Name, "", fmt.Sprintf("The item %s asked in %s what %s asks in %s: the same name has another meaning.", now.Name, c.then.File, other.Name, c.today), fmt.Sprintf("If the items were renamed, say so: \"survey.renamed.items: {%s: %s}\".", now.Name, other.Name))
			return
		}
		if !told && !nearly(was, is) {
			c.add(finding.Warning, "reworded-item", now.Name, fmt.Sprintf("The item %s is worded otherwise than in %s.", now.Name, c.then.File), "Check that it asks the same; if not, give the item of today another name.")
		}
		told = true
	}
}

// common returns the languages that two labels share, in order.
func common(a, b survey.Text) []string {
	var out []string
	for _, tag := range slices.Sorted(maps.Keys(a)) {
		if strings.TrimSpace(a[tag]) != "" && strings.TrimSpace(b[tag]) != "" {
			out = append(out, tag)
		}
	}
	return out
}
