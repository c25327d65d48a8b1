package layers

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// own calls do with each file of the program itself: no tests, no tools.
func own(t *testing.T, do func(dir, path string, f *ast.File)) {
	t.Helper()
	root, files := filepath.Join("..", ".."), 0
	for _, top := range []string{"cmd", "pipeline"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			dir, err := filepath.Rel(root, filepath.Dir(path))
			files++
			do(filepath.ToSlash(dir), path, f)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 200 {
		t.Errorf("only %d files were looked at: is the root right?", files)
	}
}

// The program opens no connection, starts no other program and loads no code:
// answers stay where they are. One package prints published pages through a
// browser, which is given nothing else and has no network.
func TestNothingLeadsOutside(t *testing.T) {
	own(t, func(dir, path string, f *ast.File) {
		printer := dir == "pipeline/report/pdf"
		for _, spec := range f.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value)
			switch {
			case imp == "os/exec" && printer:
			case strings.HasPrefix(imp, "github.com/chromedp") && !printer, imp == "net", strings.HasPrefix(imp, "net/") && imp != "net/netip" && imp != "net/url" && imp != "net/mail", // these only read addresses
				imp == "os/exec", imp == "plugin", imp == "log/syslog", imp == "expvar",
				strings.HasPrefix(imp, "golang.org/x/net/") && imp != "golang.org/x/net/html", strings.HasPrefix(imp, "google.golang.org/grpc"):
				t.Errorf("%s imports %s, by which something could leave this machine", path, imp)
			}
		}
	})
}

// Cells that a spreadsheet program would evaluate are guarded in one place:
// nobody else makes CSV, and few make workbooks.
func TestSheetsAreWrittenInOnePlace(t *testing.T) {
	books := map[string]bool{"pipeline/sheet": true, "pipeline/cleaninglog": true, "pipeline/survey/xlsform": true, "pipeline/report/xlsx": true, "pipeline/coding": true}
	within := map[ast.Expr]bool{} // calls that make links which stay in the workbook
	seen := 0
	own(t, func(dir, path string, f *ast.File) {
		ast.Inspect(f, func(n ast.Node) bool {
			if call, is := n.(*ast.CallExpr); is && dir == "pipeline/report/xlsx" && len(call.Args) == 4 {
				if kind, is := call.Args[3].(*ast.BasicLit); is && kind.Value == `"Location"` {
					within[call.Fun] = true
				}
			}
			s, is := n.(*ast.SelectorExpr)
			if !is {
				return true
			}
			of, _ := s.X.(*ast.Ident)
			switch {
			case of != nil && of.Name == "csv" && (s.Sel.Name == "NewWriter" || s.Sel.Name == "Writer"):
				if seen++; dir != "pipeline/sheet" {
					t.Errorf("%s writes CSV by itself: use pipeline/sheet", path)
				}
			case of != nil && of.Name == "excelize" && s.Sel.Name == "NewFile":
				if seen++; !books[dir] {
					t.Errorf("%s writes a workbook by itself: use pipeline/sheet", path)
				}
			case strings.HasPrefix(s.Sel.Name, "SetCellFormula"), strings.HasPrefix(s.Sel.Name, "SetCellHyperLink") && !within[s]:
				t.Errorf("%s writes a formula or a link into a workbook", path)
			}
			return true
		})
	})
	if seen < 4 {
		t.Errorf("only %d places that write sheets were found: does the test still see them?", seen)
	}
}
