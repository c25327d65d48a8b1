// Package docs holds the tests of the documentation: the commands it shows are
// run, the links in it lead somewhere, and the names of the formats are all
// explained.
package docs
