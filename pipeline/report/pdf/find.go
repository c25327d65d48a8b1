package pdf

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// Find returns the path of a Chromium of this machine: the one that is named,
// or one of those that are usually there. It is "" where there is none.
func Find(named string) string {
	if named != "" {
		return found(named)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chromium-headless-shell", "headless-shell", "microsoft-edge", "msedge"} {
		if path := found(name); path != "" {
			return path
		}
	}
	for _, path := range usual(runtime.GOOS, os.Getenv) {
		if path := found(path); path != "" {
			return path
		}
	}
	return ""
}

func found(name string) string {
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}

// usual are the places where browsers are installed on systems that do not put
// programs on a path.
func usual(system string, env func(string) string) []string {
	var out []string
	switch system {
	case "darwin":
		for _, app := range []string{"Chromium", "Google Chrome", "Microsoft Edge"} {
			out = append(out, "/Applications/"+app+".app/Contents/MacOS/"+app)
		}
	case "windows":
		for _, root := range []string{"ProgramFiles", "ProgramFiles(x86)", "LocalAppData"} {
			dir := env(root)
			if dir == "" {
				continue
			}
			for _, of := range []string{`Chromium\Application\chrome.exe`, `Google\Chrome\Application\chrome.exe`, `Microsoft\Edge\Application\msedge.exe`} {
				out = append(out, filepath.Join(dir, of))
			}
		}
	}
	return out
}
