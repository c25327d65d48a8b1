package ddi

import "encoding/xml"

const namespace = "ddi:codebook:2_5"

// The elements of a codebook that are written, with their children in the order
// that the schema asks for.
type (
	codebook struct {
		XMLName   xml.Name `xml:"codeBook"`
		Namespace string   `xml:"xmlns,attr"`
		Version   string   `xml:"version,attr"`
		Lang      string   `xml:"xml:lang,attr,omitempty"`
		Study     study    `xml:"stdyDscr"`
		Files     []file   `xml:"fileDscr"`
		Data      data     `xml:"dataDscr"`
		Other     []other  `xml:"otherMat"`
	}
	text struct {
		Lang  string `xml:"xml:lang,attr,omitempty"`
		Value string `xml:",chardata"`
	}
	study struct {
		Title    text      `xml:"citation>titlStmt>titl"`
		Parallel []text    `xml:"citation>titlStmt>parTitl"`
		ID       string    `xml:"citation>titlStmt>IDNo,omitempty"`
		Version  *version  `xml:"citation>verStmt"`
		Summary  summary   `xml:"stdyInfo>sumDscr"`
		Method   collected `xml:"method>dataColl"`
		Access   string    `xml:"dataAccs>useStmt>restrctn"`
	}
	version struct {
		Version string `xml:"version"`
	}
	summary struct {
		Units []string `xml:"anlyUnit"`
		Kind  string   `xml:"dataKind"`
	}
	collected struct {
		Sampling   string `xml:"sampProc"`
		Instrument string `xml:"resInstru"`
		Weight     string `xml:"weight,omitempty"`
	}
	file struct {
		ID      string `xml:"ID,attr"`
		Name    string `xml:"fileTxt>fileName"`
		Content string `xml:"fileTxt>fileCont"`
		Type    string `xml:"fileTxt>fileType"`
		Missing string `xml:"fileTxt>dataMsng"`
	}
	data struct {
		Groups    []group    `xml:"varGrp"`
		Variables []variable `xml:"var"`
	}
	group struct {
		ID        string `xml:"ID,attr"`
		Type      string `xml:"type,attr"`
		Variables string `xml:"var,attr,omitempty"`
		Groups    string `xml:"varGrp,attr,omitempty"`
		Name      string `xml:"name,attr"`
		Labels    []text `xml:"labl"`
	}
	variable struct {
		ID         string      `xml:"ID,attr"`
		Name       string      `xml:"name,attr"`
		Weight     string      `xml:"wgt,attr,omitempty"`
		WeightedBy string      `xml:"wgt-var,attr,omitempty"`
		Files      string      `xml:"files,attr,omitempty"`
		Interval   string      `xml:"intrvl,attr,omitempty"`
		Nature     string      `xml:"nature,attr,omitempty"`
		Type       string      `xml:"representationType,attr"`
		Labels     []text      `xml:"labl"`
		Unit       string      `xml:"anlysUnit"`
		Question   *question   `xml:"qstn"`
		Invalid    *invalid    `xml:"invalrng"`
		Universe   []text      `xml:"universe"`
		Categories []category  `xml:"catgry"`
		Derivation *derivation `xml:"derivation"`
		Notes      []note      `xml:"notes"`
	}
	question struct {
		Domain       string `xml:"responseDomainType,attr"`
		Literal      []text `xml:"qstnLit"`
		Instructions []text `xml:"ivuInstr"`
	}
	invalid struct {
		Items []invalidItem `xml:"item"`
		Keys  []string      `xml:"key"`
	}
	invalidItem struct {
		Value string `xml:"VALUE,attr"`
	}
	category struct {
		Missing string `xml:"missing,attr,omitempty"`
		Reason  string `xml:"missType,attr,omitempty"`
		Value   string `xml:"catValu"`
		Labels  []text `xml:"labl"`
		Text    string `xml:"txt,omitempty"`
	}
	derivation struct {
		From        string `xml:"var,attr,omitempty"`
		Description string `xml:"drvdesc,omitempty"`
		Command     string `xml:"drvcmd,omitempty"`
	}
	note struct {
		Type  string `xml:"type,attr"`
		Lang  string `xml:"xml:lang,attr,omitempty"`
		Value string `xml:",chardata"`
	}
	other struct {
		Level string `xml:"level,attr"`
		URI   string `xml:"URI,attr"`
		Label []text `xml:"labl"`
		Text  string `xml:"txt"`
	}
)
