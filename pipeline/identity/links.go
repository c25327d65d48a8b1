package identity

import (
	"strings"
	"unicode"
)

// link finds the address of a page that begins at i: with its scheme or www, or
// of a server where people have profiles.
func (f *folded) link(i int) (span, bool) {
	for _, scheme := range [...]string{"geo:", "https://", "http://", "ftp://", "www.", "hxxps://", "hxxp://", "tg://", "skype:", "whatsapp://", "tel:", "sip:", "xmpp:"} {
		if !f.has(i, scheme) {
			continue
		}
		if _, ok := f.decimal(i + 4); scheme == "geo:" && !ok || scheme == "tel:" && !isDigit(f.look(i+4)) && f.look(i+4) != '+' {
			return span{}, false
		}
		end := f.linkEnd(i + len(scheme))
		if end < i+len(scheme)+3 {
			return span{}, false
		}
		switch scheme {
		case "geo:":
			return span{GPS, i, end}, true
		case "tel:":
			return span{Phone, i, end}, true
		case "skype:", "tg://", "whatsapp://", "sip:", "xmpp:":
			return span{Handle, i, end}, true
		}
		return span{f.linkClass(i+len(scheme), end), i, end}, true
	}
	for _, host := range profileHosts {
		if f.has(i, host) && f.look(i+len(host)) == '/' {
			if end := f.linkEnd(i); end > i+len(host)+1 {
				return span{f.linkClass(i, end), i, end}, true
			}
		}
	}
	for _, host := range mapHosts {
		if f.has(i, host) && f.look(i+len(host)) == '/' {
			if end := f.linkEnd(i); end > i+len(host)+1 {
				return span{GPS, i, end}, true
			}
		}
	}
	return span{}, false
}

// linkEnd passes over an address. It ends at white space, a quote, a letter of
// a script that parts no words, and before signs that end a sentence.
func (f *folded) linkEnd(i int) int {
	for {
		r := f.look(i)
		if r == '\n' || r == ' ' || r == '<' || r == '>' || r == '"' || r == hidden || r == 0x3002 || r == '«' || r == '»' || unspaced(r) || unicode.Is(unicode.Arabic, r) && !unicode.IsLetter(r) {
			break
		}
		i++
	}
	for strings.ContainsRune(".,;:!?)]}'،؛؟…", f.look(i-1)) {
		i--
	}
	return i
}

// linkClass says what the server and path of an address lead to.
func (f *folded) linkClass(i, end int) Class {
	rest := strings.TrimPrefix(f.text(i, end), "www.")
	host, path, _ := strings.Cut(rest, "/")
	for _, m := range mapHosts {
		server, begin, _ := strings.Cut(m, "/")
		if (host == server || strings.HasSuffix(host, "."+server)) && path != "" && strings.HasPrefix(path, begin) {
			return GPS
		}
	}
	for _, p := range profileHosts {
		if (host == p || strings.HasSuffix(host, "."+p)) && len(path) > 0 {
			return Handle
		}
	}
	return URL
}

var profileHosts = [...]string{"t.me", "telegram.me", "telegram.dog", "vk.com", "ok.ru", "facebook.com", "fb.com", "fb.me", "m.me", "instagram.com", "twitter.com", "x.com", "linkedin.com", "tiktok.com", "youtube.com", "wa.me", "signal.me", "signal.group", "snapchat.com", "weibo.com", "weibo.cn", "threads.net", "douyin.com", "zhihu.com", "bsky.app", "github.com", "line.me", "viber.com", "medium.com", "keybase.io", "matrix.to"}

var mapHosts = [...]string{"maps.google.com", "google.com/maps", "goo.gl/maps", "maps.app.goo.gl", "openstreetmap.org", "osm.org", "yandex.ru/maps", "yandex.com/maps", "maps.apple.com", "amap.com", "map.baidu.com", "2gis.ru", "plus.codes", "what3words.com", "w3w.co", "bing.com/maps", "wikimapia.org"}
