package strictyaml

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Line returns the line on which a key stands, such as "disclosure.threshold" or
// "derive[2].name" (entries of a list count from 0), or the nearest key above it that the file has; 0 when it has none.
func Line(content []byte, key string) int {
	file, err := parser.ParseBytes(plain(content), 0)
	if err != nil || len(file.Docs) == 0 {
		return 0
	}
	at, found := file.Docs[0].Body, 0
	for _, word := range strings.Split(key, ".") {
		word, index, listed := strings.Cut(word, "[")
		entry := entryOf(at, word)
		if entry == nil {
			break
		}
		at, found = entry.Value, line(entry)
		if !listed {
			continue
		}
		list, ok := at.(*ast.SequenceNode)
		i, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
		if !ok || err != nil || i < 0 || i >= len(list.Values) {
			break
		}
		at = list.Values[i]
		found = first(at)
	}
	return found
}

// first returns the line on which a node begins. That of a map is told by its
// first key: the node itself may point to a sign behind it.
func first(n ast.Node) int {
	switch v := n.(type) {
	case *ast.MappingNode:
		if len(v.Values) > 0 {
			return line(v.Values[0])
		}
	case *ast.SequenceNode:
		if len(v.Values) > 0 {
			return first(v.Values[0])
		}
	}
	return line(n)
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
