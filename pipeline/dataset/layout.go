package dataset

import (
	"github.com/apache/arrow/go/v15/arrow"

	"github.com/soundings-survey/soundings/pipeline/survey"
)

// ID is the keyed identifier of a respondent. It does not give back who they are.
type ID [16]byte

// Layout says which columns the batches of a level have. Beside the items
// there are columns of the program's own, whose names begin with "_".
type Layout struct {
	Survey *survey.Survey
	Level  int
	Items  []string // names of the items held, in survey order
	UUID   bool     // the identifier given by the collecting tool is still there (restricted)
	Weight bool     // a weight stands beside each response

	index  map[string]int // item -> position in Items
	schema *arrow.Schema
}

// NewLayout returns the layout of a level with every item of it that holds
// answers, except those in leave (identifying items, columns the file lacks).
func NewLayout(s *survey.Survey, level int, leave func(*survey.Item) bool) Layout {
	l := Layout{Survey: s, Level: level}
	for i := range s.Items {
		it := &s.Items[i]
		if it.Level == level && it.Type.HasAnswer() && it.Role != survey.Identifying && (leave == nil || !leave(it)) {
			l.Items = append(l.Items, it.Name)
		}
	}
	return l.build()
}

// With returns the layout for another survey with more items, and with or
// without the collecting tool's identifier and a weight.
func (l Layout) With(s *survey.Survey, more []string, uuid, weight bool) Layout {
	return Layout{
		Survey: s, Level: l.Level, Items: append(append([]string(nil), l.Items...), more...),
		UUID: uuid, Weight: weight,
	}.build()
}

// Without returns the layout without some items. Batches of the one are not
// batches of the other: their responses have to be copied.
func (l Layout) Without(items map[string]bool) Layout {
	var kept []string
	for _, name := range l.Items {
		if !items[name] {
			kept = append(kept, name)
		}
	}
	l.Items = kept
	return l.build()
}

// Has reports whether the layout holds an item.
func (l Layout) Has(item string) bool { _, ok := l.index[item]; return ok }

const (
	colID = iota
	colFile
	colRow
	colParent
	colUUID
	colWeight
	colRaw
	colSeconds
	ownColumns
)

// rawType keeps, for each response, the cells that did not bind: the position
// of the item in the layout and the text as it stood in the file.
var rawType = arrow.ListOf(arrow.StructOf(
	arrow.Field{Name: "item", Type: arrow.PrimitiveTypes.Int32},
	arrow.Field{Name: "text", Type: arrow.BinaryTypes.String},
))

func (l Layout) build() Layout {
	l.index = make(map[string]int, len(l.Items))
	fields := make([]arrow.Field, 0, ownColumns+2*len(l.Items))
	fields = append(fields,
		arrow.Field{Name: "_id", Type: &arrow.FixedSizeBinaryType{ByteWidth: len(ID{})}},
		arrow.Field{Name: "_file", Type: arrow.PrimitiveTypes.Int32},
		arrow.Field{Name: "_row", Type: arrow.PrimitiveTypes.Int64},
		arrow.Field{Name: "_parent", Type: arrow.PrimitiveTypes.Int64},
		arrow.Field{Name: "_uuid", Type: arrow.BinaryTypes.String},
		arrow.Field{Name: "_weight", Type: arrow.PrimitiveTypes.Float64},
		arrow.Field{Name: "_raw", Type: rawType},
		arrow.Field{Name: "_seconds", Type: arrow.PrimitiveTypes.Int64},
	)
	for i, name := range l.Items {
		l.index[name] = i
		item, _ := l.Survey.Item(name)
		fields = append(fields,
			arrow.Field{Name: name, Type: arrowType(item.Type), Nullable: true},
			arrow.Field{Name: name + ":reason", Type: arrow.PrimitiveTypes.Uint8})
	}
	l.schema = arrow.NewSchema(fields, nil)
	return l
}

// arrowType is how answers of a type are stored: choices as codes, sets of
// choices as lists of codes, dates as days, times and moments as microseconds.
func arrowType(t survey.Type) arrow.DataType {
	switch t {
	case survey.SelectOne:
		return arrow.PrimitiveTypes.Int32
	case survey.SelectMultiple, survey.Rank:
		return arrow.ListOf(arrow.PrimitiveTypes.Int32)
	case survey.Integer, survey.Date, survey.Time, survey.DateTime:
		return arrow.PrimitiveTypes.Int64
	case survey.Decimal:
		return arrow.PrimitiveTypes.Float64
	default:
		return arrow.BinaryTypes.String
	}
}
