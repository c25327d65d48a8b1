package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// settings finds the config and layers what steers a run: flags, then the
// environment (SOUNDINGS_WORKERS ...), then defaults. What a run publishes is
// decided by the config file alone, which is decoded strictly: neither a flag
// nor a variable can change a threshold.
type settings struct{ v *viper.Viper }

func newSettings() *settings {
	v := viper.NewWithOptions(viper.WithDecoderRegistry(unread{}))
	v.SetEnvPrefix("soundings")
	v.AutomaticEnv()
	return &settings{v}
}

const (
	flagConfig  = "config"
	flagWorkers = "workers"
	flagSeed    = "seed"
	flagNow     = "now"
	flagLog     = "log"
)

var flagNames = []string{flagConfig, flagWorkers, flagSeed, flagNow, flagLog}

func (s *settings) addFlags(f *pflag.FlagSet) {
	f.StringP(flagConfig, "c", "", "config file (default config.yaml in this folder)")
	f.Int(flagWorkers, 0, "how many batches to work on at once (default one for each core)")
	f.Uint64(flagSeed, 1, "seed of random draws")
	f.String(flagNow, "", "the time to take for now, as 2026-01-31 or 2026-01-31T12:00:00Z")
	f.String(flagLog, "text", "text, or json for structured logs on standard error")
	for _, name := range flagNames {
		_ = s.v.BindPFlag(name, f.Lookup(name)) // fails only for a nil flag
	}
}

// checkEnvironment refuses a variable of ours that nothing reads: it was
// probably meant to change something that must not be changed so. Those that
// begin with SOUNDINGS_TEST_ are for tests.
func checkEnvironment(environ []string) error {
	for _, e := range environ {
		name, _, _ := strings.Cut(e, "=")
		word, ours := strings.CutPrefix(strings.ToUpper(name), "SOUNDINGS_")
		if ours && !strings.HasPrefix(word, "TEST_") && !slices.Contains(flagNames, strings.ToLower(word)) {
			return usage("the environment variable %s is not one that soundings reads; what a run publishes is set in the config file alone", name)
		}
	}
	return nil
}

// config finds and reads the config. It returns the folder it lies in.
func (s *settings) config() (pipeline.Config, string, error) {
	if err := checkEnvironment(os.Environ()); err != nil {
		return pipeline.Config{}, "", err
	}
	s.v.SetConfigName("config")
	s.v.SetConfigType("yaml")
	s.v.AddConfigPath(".")
	path := s.v.GetString(flagConfig)
	if path == "" {
		// Viper finds the file and does not decode it: see unread.
		err := s.v.ReadInConfig()
		if errors.As(err, new(viper.ConfigFileNotFoundError)) {
			return pipeline.Config{}, "", usage("there is no config.yaml in this folder; make a project with \"soundings init FOLDER\", or name the file with --config")
		}
		path = s.v.ConfigFileUsed()
	}
	if err := readable(path); err != nil {
		return pipeline.Config{}, "", err
	}
	content, err := pipeline.ReadWhole(path)
	if err != nil {
		return pipeline.Config{}, "", usage("the config %s cannot be read: %w", path, errors.Unwrap(err))
	}
	config, findings := pipeline.ReadConfig(filepath.Base(path), content)
	if finding.Refused(findings) {
		return config, "", &pipeline.RefusedError{Stage: "config", Findings: findings}
	}
	return config, filepath.Dir(path), nil
}

// env returns what a run takes from outside its config.
func (s *settings) env(dir string, progress pipeline.Progress) (pipeline.Env, error) {
	for _, name := range []string{flagWorkers, flagSeed} {
		if _, err := strconv.ParseUint(s.v.GetString(name), 10, 64); err != nil {
			return pipeline.Env{}, usage("%s must be a whole number, 0 or more (--%s, SOUNDINGS_%s)", name, name, strings.ToUpper(name))
		}
	}
	env := pipeline.Env{
		Dir: dir, Now: time.Now(), Seed: s.v.GetUint64(flagSeed),
		Workers: s.v.GetInt(flagWorkers), Version: version, Progress: progress,
	}
	if now := s.v.GetString(flagNow); now != "" {
		t, err := parseNow(now)
		if err != nil {
			return env, err
		}
		env.Now = t
	}
	return env, nil
}

func parseNow(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, usage("--now is not a time; write it as 2026-01-31 or 2026-01-31T12:00:00Z")
}

// unread keeps viper from decoding the config that it finds: it would drop
// unknown keys in silence, take a key of the config for a flag, and be hours
// over a file that is made for it.
type unread struct{}

// Decoder implements viper.DecoderRegistry.
func (unread) Decoder(string) (viper.Decoder, error) { return unread{}, nil }

// Decode implements viper.Decoder.
func (unread) Decode([]byte, map[string]any) error { return nil }
