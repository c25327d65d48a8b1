// Package leftovers tests what runs leave behind: it plants identities in every
// place where answers can hold them, runs the command, kills it in mid-run, and
// looks at every byte that lies outside the restricted folder.
package leftovers
