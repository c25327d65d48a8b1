package strictyaml

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Line returns the line on which a key stands, such as "disclosure.threshold",
// or the nearest key above it that the file has; 0 when it has none. An element
// of a list is counted from 0, as in "derive[1].name".
func Line(content []byte, key string) int {
	file, err := parser.ParseBytes(plain(content), 0)
	if err != nil || len(file.Docs) == 0 {
		return 0
	}
	at, found := file.Docs[0].Body, 0
	for _, word := range strings.Split(key, ".") {
		key, index, listed := strings.Cut(word, "[")
		entry := entryOf(at, key)
		if entry == nil {
			break
		}
		at, found = entry.Value, line(entry)
		if !listed {
			continue
		}
		i, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
		list, is := at.(*ast.SequenceNode)
		if err != nil || !is || i < 0 || i >= len(list.Values) {
			break
		}
		at, found = list.Values[i], line(list.Values[i])
	}
	return found
}

// entryOf returns the entry of a key in a map, nil when it has none.
func entryOf(n ast.Node, key string) *ast.MappingValueNode {
	var entries []*ast.MappingValueNode
	switch v := n.(type) {
	case *ast.MappingNode:
		entries = v.Values
	case *ast.MappingValueNode:
		entries = []*ast.MappingValueNode{v}
	}
	for _, e := range entries {
		if keyOf(e) == key {
			return e
		}
	}
	return nil
}

// keyOf returns the key of an entry without its quotes.
func keyOf(m *ast.MappingValueNode) string { return strings.Trim(m.Key.String(), `"' `) }
