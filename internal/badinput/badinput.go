// Package badinput holds the tests of what happens to bad files: of answers,
// of forms and of settings. Each is made here, byte by byte, and given to the
// built command. Whatever is in them, the command says where it is and what to
// do, quotes no answer, publishes nothing it has refused, and needs little
// memory and time.
package badinput
