package strictyaml

import "github.com/goccy/go-yaml"

// Encode writes a value as YAML, without what is empty, that Decode reads back
// as the same value. The same value gives the same bytes.
func Encode(v any) ([]byte, error) {
	return yaml.MarshalWithOptions(v, yaml.OmitEmpty(), yaml.IndentSequence(true))
}
