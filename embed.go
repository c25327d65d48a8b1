// Package soundings carries the bundled example survey, so that the program can
// make a copy of it: "soundings init FOLDER".
package soundings

import (
	"embed"
	"io/fs"
)

//go:embed config.yaml data/*
var example embed.FS

// Example returns the bundled example project: config.yaml and data.
func Example() fs.FS { return example }
